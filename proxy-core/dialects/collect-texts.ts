import type { SegmentSource, TextSegment } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { pathText } from "../text/json-scan.ts";

type Json = Readonly<Record<string, unknown>>;

/** A value of a request with where it stands, and who speaks there. */
export interface Place {
	readonly source: SegmentSource;
	readonly path: readonly (string | number)[];
	readonly value: unknown;
}

/** What of a value is no text. Names are those of the members that hold it, whatever lists lie between. */
export interface Wordless {
	/** Members with names, identifiers and choices, as long as they look like such. */
	readonly labels: ReadonlySet<string>;
	/** Members with encoded bytes, proofs, addresses and credentials, whatever they look like. */
	readonly opaque: ReadonlySet<string>;
}

const allWords: Wordless = { labels: new Set(), opaque: new Set() };

/** Deeper than anybody nests; what guards do not read must not be sent on. */
const depthMax = 128;
const labelCharsMax = 256;

/** Printable ASCII without spaces: an instruction hardly fits into it, and every name and identifier does. */
export function isLabel(text: string): boolean {
	return text.length <= labelCharsMax && /^[\x21-\x7e]*$/.test(text);
}

/** Every string of a value but what is wordless. Throws `request.invalid` for endless depths. */
export function collectTexts(
	segments: TextSegment[],
	place: Place,
	wordless: Wordless = allWords,
): void {
	walk(segments, { ...place, name: "" }, (name, value) => {
		if (wordless.opaque.has(name)) return "skip";
		return typeof value === "string" && wordless.labels.has(name) && isLabel(value)
			? "skip"
			: "read";
	});
}

/** The same of a block of thinking, whose words carry their provider's proof when they are signed. */
export function collectThinking(
	segments: TextSegment[],
	place: Place,
	{ isSigned, wordless }: { readonly isSigned: boolean; readonly wordless?: Wordless },
): void {
	const own: TextSegment[] = [];
	collectTexts(own, place, wordless);
	for (const segment of own) {
		const isThought = segment.path.at(-1) === "thinking";
		segments.push(isSigned && isThought ? { ...segment, isSealed: true } : segment);
	}
}

/** The strings of a member that chooses among things: read when they do not look like choices. */
export function collectUnlikely(segments: TextSegment[], place: Place): void {
	walk(segments, { ...place, name: "" }, (_name, value) =>
		typeof value === "string" && isLabel(value) ? "skip" : "read",
	);
}

/** Members of tools and of formats that hold a JSON Schema. */
const schemaMembers: ReadonlySet<string> = new Set([
	"parameters",
	"input_schema",
	"output_schema",
	"schema",
	"response",
	"parametersJsonSchema",
	"parameters_json_schema",
	"responseJsonSchema",
	"response_json_schema",
	"responseSchema",
	"response_schema",
]);

const ofTools: Wordless = {
	labels: new Set([
		"type",
		"id",
		"name",
		"syntax",
		"role",
		"strict",
		"mode",
		"execution",
		"ttl",
		"model",
		"size",
		"quality",
		"background",
		"moderation",
		"output_format",
		"input_fidelity",
		"action",
		"detail",
		"file_id",
		"file_ids",
		"container",
		"environment",
		"memory_limit",
		"media_type",
		"version",
		"skill_id",
		"vector_store_ids",
		"search_context_size",
		"search_content_types",
		"allowed_callers",
		"allowed_tools",
		"tool_names",
		"require_approval",
		"connector_id",
		"server_label",
		"mcp_server_name",
		"ranker",
		"country",
		"timezone",
		"verbosity",
	]),
	// Addresses and credentials of the caller's own servers, and files.
	opaque: new Set([
		"authorization",
		"authorization_token",
		"headers",
		"server_url",
		"url",
		"image_url",
		"tunnel_id",
		"data",
	]),
};

/** Definitions of tools, and formats that a model must keep to: all of it is read by the model. */
export function collectTools(segments: TextSegment[], place: Omit<Place, "source">): void {
	const at: Place = { ...place, source: "tool-description" };
	walk(segments, { ...at, name: "" }, (name, value) => {
		if (schemaMembers.has(name) && typeof value === "object") return "schema";
		if (ofTools.opaque.has(name)) return "skip";
		return typeof value === "string" && ofTools.labels.has(name) && isLabel(value)
			? "skip"
			: "read";
	});
}

/** Members of a JSON Schema that hold names and expressions, as long as they look like such. */
const schemaLabels: ReadonlySet<string> = new Set([
	"type",
	"format",
	"pattern",
	"required",
	"$ref",
	"$id",
	"$schema",
	"$anchor",
	"$dynamicRef",
	"$dynamicAnchor",
	"contentEncoding",
	"contentMediaType",
	"discriminator",
	"propertyName",
	"propertyOrdering",
]);

/** Members of a JSON Schema below which values stand; there every name is the tool's own. */
const schemaData: ReadonlySet<string> = new Set([
	"enum",
	"const",
	"default",
	"examples",
	"example",
]);

function collectSchema(segments: TextSegment[], place: Place): void {
	walk(segments, { ...place, name: "" }, (name, value) => {
		if (schemaData.has(name)) return "all";
		return typeof value === "string" && schemaLabels.has(name) && isLabel(value) ? "skip" : "read";
	});
}

interface Named extends Place {
	readonly name: string;
}

type Choose = (name: string, value: unknown) => "read" | "skip" | "schema" | "all";

function walk(segments: TextSegment[], place: Named, choose: Choose): void {
	const { source, path, value, name } = place;
	if (value === undefined || value === null || value === "") return;
	const what = choose(name, value);
	if (what === "skip") return;
	if (typeof value === "string") {
		segments.push({ source, path, text: value });
		return;
	}
	if (typeof value !== "object") return;
	if (what === "schema") collectSchema(segments, place);
	else if (what === "all") collectTexts(segments, place);
	else {
		if (path.length > depthMax) throw tooDeep(path);
		for (const [key, inner] of Object.entries(value)) {
			const isList = Array.isArray(value);
			const at = { source, path: [...path, isList ? Number(key) : key], value: inner };
			walk(segments, { ...at, name: isList ? name : key }, choose);
		}
	}
}

function tooDeep(path: Place["path"]): GatewayError {
	const param = pathText(path);
	return new GatewayError("request.invalid", {
		param,
		message: `\`${param}\` must be nested less deeply.`,
	});
}

/** Members of a body, whatever its dialect, that choose, count or name. Provider-side, not the model's. */
const choices: ReadonlySet<string> = new Set([
	"model",
	"user",
	"safety_identifier",
	"prompt_cache_key",
	"prompt_cache_retention",
	"prompt_cache_options",
	"service_tier",
	"reasoning_effort",
	"reasoning",
	"verbosity",
	"modalities",
	"audio",
	"tool_choice",
	"function_call",
	"include",
	"truncation",
	"conversation",
	"previous_response_id",
	"stream_options",
	"moderation",
	"cache_control",
	"container",
	"thinking",
	"speed",
	"inference_geo",
	"user_profile_id",
	"workspace_id",
	"betas",
]);

/** Compared with what the model says, never shown to it. */
const compared: ReadonlySet<string> = new Set(["stop", "stop_sequences"]);

/** Texts of members that a dialect does not know: a field of tomorrow must not carry what guards never see. */
export function collectOthers(
	segments: TextSegment[],
	json: Json,
	known: ReadonlySet<string>,
): void {
	for (const [name, value] of Object.entries(json)) {
		if (known.has(name) || compared.has(name)) continue;
		const place: Place = { source: "metadata", path: [name], value };
		if (choices.has(name)) collectUnlikely(segments, place);
		else collectTexts(segments, place);
	}
}
