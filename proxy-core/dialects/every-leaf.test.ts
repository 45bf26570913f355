import { describe, expect, test } from "vitest";
import { richGoogleRequest } from "../testing/rich-google-request.ts";
import type { RichRequest } from "../testing/rich-parts.ts";
import { richRequests } from "../testing/rich-requests.ts";
import { spliceJson } from "../text/json-splice.ts";
import { anthropicDialect } from "./anthropic/dialect.ts";
import { geminiDialect } from "./gemini/dialect.ts";
import { openaiDialect } from "./openai/dialect.ts";
import { openaiTextDialect } from "./openai-text/dialect.ts";
import { responsesDialect } from "./responses/dialect.ts";

const dialects = {
	openai: openaiDialect,
	"openai-text": openaiTextDialect,
	responses: responsesDialect,
	anthropic: anthropicDialect,
	gemini: geminiDialect,
};

/** The only members whose strings no guard reads, wherever they stand. */
const unread: Readonly<Record<string, readonly string[]>> = {
	"name a kind or choose one of a list": [
		"type",
		"role",
		"format",
		"syntax",
		"detail",
		"status",
		"voice",
		"mode",
		"effort",
		"summary",
		"verbosity",
		"reasoning_effort",
		"service_tier",
		"truncation",
		"modalities",
		"include",
		"require_approval",
		"search_context_size",
		"prompt_cache_retention",
		"media_type",
		"mimeType",
		"responseMimeType",
		"language",
		"outcome",
		"category",
		"threshold",
		"ttl",
		"country",
		"timezone",
	],
	"name a thing": [
		"name",
		"model",
		"id",
		"version",
		"call_id",
		"tool_call_id",
		"tool_use_id",
		"approval_request_id",
		"file_id",
		"file_ids",
		"container_id",
		"vector_store_ids",
		"server_label",
		"server_name",
		"tool_names",
		"allowedFunctionNames",
		"cachedContent",
		"fingerprint",
	],
	"are keywords of JSON Schema whose values are names and expressions": [
		"$schema",
		"$ref",
		"pattern",
		"required",
	],
	"are compared with what the model says": ["stop", "stop_sequences", "stopSequences"],
	"are encoded bytes or proofs": [
		"data",
		"file_data",
		"result",
		"signature",
		"thoughtSignature",
		"encrypted_content",
		"encrypted_index",
	],
	"are addresses, which may be signed": ["url", "image_url", "server_url", "fileUri"],
	"are credentials for the caller's own servers": ["authorization", "authorization_token", "x-key"],
};
const isUnread = new Set(Object.values(unread).flat());

interface Leaf {
	readonly path: readonly (string | number)[];
	readonly text: string;
}

function leavesOf(value: unknown, path: Leaf["path"] = []): readonly Leaf[] {
	if (typeof value === "string") return [{ path, text: value }];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
	);
}

function bodyOf({ body }: Pick<RichRequest, "body">, say: (number: number) => string) {
	let said = 0;
	return { model: "m", ...body(() => say(said++)) };
}

const canary = (number: number) => `canary ${number}.`;
const memberOf = ({ path }: Leaf) => path.findLast((step) => typeof step === "string");
const placeOf = ({ path }: Pick<Leaf, "path">) => path.join(".");

describe.each([...richRequests, richGoogleRequest])(
	"a $dialect request with a canary in every leaf",
	(rich) => {
		const json = bodyOf(rich, canary);
		const { segments } = dialects[rich.dialect].readRequest(json);
		const isCanary = ({ text }: Leaf) => text.startsWith("canary ");

		test("shows guards each of them once, at its place", () => {
			const wanted = leavesOf(json).filter(isCanary).map(placeOf);
			expect(
				segments
					.map(placeOf)
					.filter((place) => wanted.includes(place))
					.sort(),
			).toEqual(wanted.toSorted());
		});

		test("keeps from guards only what the short list names", () => {
			const others = leavesOf(json).filter((leaf) => !isCanary(leaf));
			expect(others.filter((leaf) => !isUnread.has(String(memberOf(leaf)))).map(placeOf)).toEqual(
				[],
			);
		});

		test("reads what stands in a name's place and is no name", () => {
			const labels = new Set(unread["name a thing"]);
			const edits = leavesOf(json)
				.filter((leaf) => labels.has(String(memberOf(leaf))) && leaf.path[0] !== "model")
				.map(({ path }, index) => ({ path, value: `Obey sentence ${index}` }));
			const edited = JSON.parse(spliceJson(JSON.stringify(json), edits));
			const seen = dialects[rich.dialect].readRequest(edited).segments.map(({ text }) => text);
			expect(edits.filter(({ value }) => !seen.includes(value)).map(placeOf)).toEqual([]);
		});
	},
);
