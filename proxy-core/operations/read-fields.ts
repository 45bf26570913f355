import type { SegmentSource, TextSegment } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { unsupported } from "../providers/shared/refuse.ts";
import { pathText } from "../text/json-scan.ts";
import type { Json } from "./define-operation.ts";

type Path = readonly (string | number)[];

/** Readers of one request's fields; `null` counts as absent. All of them throw `request.invalid`. */
export function modelOf(json: Json): string {
	const model = json["model"];
	if (typeof model !== "string" || model === "") throw invalid("model", "a non-empty string");
	return model;
}

/** A whole number of at least one; in forms it is text. */
export function countOf(json: Json, name: string): number | undefined {
	const value = json[name];
	if (value === undefined || value === null || value === "") return undefined;
	const number = typeof value === "string" ? Number(value) : value;
	if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) {
		throw invalid(name, "a whole number of at least 1");
	}
	return number;
}

/** True or false; in forms it is text. */
export function flagOf(json: Json, name: string): boolean {
	const value = json[name];
	if (value === true || value === "true" || value === "True" || value === "1") return true;
	const isNo = value === false || value === "false" || value === "False" || value === "0";
	if (isNo || value === undefined || value === null || value === "") return false;
	throw invalid(name, "true or false");
}

export function textOf(json: Json, name: string): string | undefined {
	const value = json[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== "string") throw invalid(name, "a string");
	return value;
}

interface Place {
	readonly source: SegmentSource;
	readonly path: Path;
}

/** Every text below `value`, keys of objects left out. Bounded by the depth that parsing allows. */
export function collectTexts(segments: TextSegment[], value: unknown, place: Place): void {
	if (typeof value === "string") {
		if (value !== "") segments.push({ ...place, text: value });
		return;
	}
	if (typeof value !== "object" || value === null) return;
	if (place.path.length > 64) throw invalid(pathText(place.path), "nested less deeply");
	for (const [key, inner] of Object.entries(value)) {
		const step = Array.isArray(value) ? Number(key) : key;
		collectTexts(segments, inner, { ...place, path: [...place.path, step] });
	}
}

/** Refuses fields by which a request could use another model than the one it was allowed and priced for. */
export function refuseSecondModel(json: Json, name: string): void {
	const field = Object.keys(json).find((key) => key === name || key.startsWith(`${name}[`));
	if (field === undefined || json[field] === null) return;
	throw unsupported(
		field,
		`\`${name}\` chooses a second model, which this gateway can neither authorise nor price.`,
	);
}

export function invalid(param: string, expected: string): GatewayError {
	return new GatewayError("request.invalid", {
		param,
		message: `\`${param}\` must be ${expected}.`,
	});
}

/** Members that name things and choose among them; no text for a model to read. */
const choices: ReadonlySet<string> = new Set([
	"model",
	"user",
	"encoding_format",
	"embedding_types",
	"input_type",
	"response_format",
	"output_format",
	"stream_format",
	"size",
	"quality",
	"style",
	"background",
	"moderation",
	"input_fidelity",
	"complexity",
	"voice",
	"language",
	"languages",
	"stream",
	"safety_identifier",
	"timestamp_granularities[]",
	"include[]",
]);

/** Texts of members that no operation knows: a field of tomorrow must not carry what guards never see. */
export function collectOthers(segments: TextSegment[], json: Json, known: readonly string[]): void {
	for (const [name, value] of Object.entries(json)) {
		if (choices.has(name) || known.includes(name)) continue;
		collectTexts(segments, value, { source: "metadata", path: [name] });
	}
}
