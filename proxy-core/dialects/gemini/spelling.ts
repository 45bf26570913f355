import { GatewayError } from "../../errors/gateway-error.ts";
import { pathText } from "../../text/json-scan.ts";
import type { Json } from "../openai/read-field.ts";

type Path = readonly (string | number)[];

/** Google reads every field in two spellings; `system_instruction` is `systemInstruction`. */
export function camel(name: string): string {
	if (!name.includes("_")) return name;
	return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A member of an object, with the spelling that it was sent in. */
export interface Member {
	readonly key: string;
	readonly value: unknown;
}

/**
 * The members of an object by their usual spelling. Throws `request.duplicate_key` where one came in
 * both: guards and the provider might each look at another one.
 */
export function membersOf(value: Json, path: Path): ReadonlyMap<string, Member> {
	const members = new Map<string, Member>();
	for (const [key, inner] of Object.entries(value)) {
		const name = camel(key);
		if (members.has(name)) {
			throw new GatewayError("request.duplicate_key", { param: pathText([...path, key]) });
		}
		members.set(name, { key, value: inner });
	}
	return members;
}

/** Members whose own members have names that are not Google's. */
const opaque: ReadonlySet<string> = new Set([
	"args",
	"response",
	"parameters",
	"parametersJsonSchema",
	"responseSchema",
	"responseJsonSchema",
	"labels",
]);

/** The same value with every field in its usual spelling, arguments and schemas left as they are. */
export function inUsualSpelling(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inUsualSpelling);
	if (typeof value !== "object" || value === null) return value;
	// A number with more digits than a double holds; see `parseExact`.
	if (Object.getPrototypeOf(value) === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => {
			const name = camel(key);
			return [name, opaque.has(name) ? inner : inUsualSpelling(inner)];
		}),
	);
}

/** Google takes one object where a list of them is expected. */
export function asList(value: unknown): readonly unknown[] {
	if (value === undefined || value === null) return [];
	return Array.isArray(value) ? value : [value];
}

/** Whether a value that somebody sent asks for nothing. */
export function asksNothing(value: unknown): boolean {
	if (value === undefined || value === null || value === "") return true;
	return typeof value === "object" && Object.keys(value).length === 0;
}
