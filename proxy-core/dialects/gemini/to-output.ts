import type { ChatCall, ReasoningEffort, ResponseFormat } from "../../contract/chat.ts";
import { effortOfBudget, isClosed } from "../anthropic/to-output.ts";
import type { Fields, Json } from "../openai/read-field.ts";
import { fieldsOf, invalid } from "../openai/read-field.ts";
import { foreign } from "./foreign.ts";
import { asksNothing, asList } from "./spelling.ts";
import { toJsonSchema } from "./to-schema.ts";

/** Notes the name of a field that was left out because an answer is right without it. */
type Note = (field: string) => void;

const root = "generationConfig";

const understood = new Set([
	"candidateCount",
	"stopSequences",
	"maxOutputTokens",
	"temperature",
	"topP",
	"presencePenalty",
	"frequencyPenalty",
	"seed",
	"responseMimeType",
	"responseSchema",
	"responseJsonSchema",
	"responseModalities",
	"thinkingConfig",
]);

/** How closely an image is looked at: another model's answer is right without it. */
const hints = new Set(["mediaResolution"]);

type Output = Pick<
	ChatCall,
	| "responseFormat"
	| "reasoningEffort"
	| "reasoningTokensMax"
	| "choices"
	| "maxOutputTokens"
	| "temperature"
	| "topP"
	| "frequencyPenalty"
	| "presencePenalty"
	| "seed"
	| "stop"
	| "other"
>;

/** `generationConfig`; what no canonical form holds is in `other`, by its path. Throws `request.invalid`, `request.unsupported`. */
export function toOutput(config: Json | undefined, omit: Note): Output {
	const field = fieldsOf(config ?? {}, root);
	refuseModalities(field);
	const maxOutputTokens = field.integer("maxOutputTokens", { min: 1 });
	const temperature = field.number("temperature", { min: 0, max: 2 });
	const topP = field.number("topP", { min: 0, max: 1 });
	const frequencyPenalty = field.number("frequencyPenalty", { min: -2, max: 2 });
	const presencePenalty = field.number("presencePenalty", { min: -2, max: 2 });
	const seed = field.integer("seed", {});
	return {
		responseFormat: toFormat(field),
		...toThinking(field, omit),
		choices: field.integer("candidateCount", { min: 1, max: 128 }) ?? 1,
		...(maxOutputTokens !== undefined && { maxOutputTokens }),
		...(temperature !== undefined && { temperature }),
		...(topP !== undefined && { topP }),
		...(frequencyPenalty !== undefined && { frequencyPenalty }),
		...(presencePenalty !== undefined && { presencePenalty }),
		...(seed !== undefined && { seed }),
		stop: toStop(field),
		other: toOther(field.json, omit),
	};
}

function toStop(field: Fields): readonly string[] {
	return asList(field.json["stopSequences"]).map((item, index) => {
		if (typeof item !== "string") {
			throw invalid(`${root}.stopSequences[${index}]`, "must be a string");
		}
		return item;
	});
}

function refuseModalities(field: Fields): void {
	const other = asList(field.json["responseModalities"]).find((kind) => kind !== "TEXT");
	if (other !== undefined) throw foreign(`${root}.responseModalities`, "An answer other than text");
}

function toFormat(field: Fields): ResponseFormat {
	const type = field.string("responseMimeType") ?? "";
	const exact = field.object("responseJsonSchema");
	const own = field.object("responseSchema");
	const schema = exact ?? (own === undefined ? undefined : toJsonSchema(own));
	if (type !== "" && type !== "application/json") {
		if (type === "text/plain") return { type: "text" };
		throw foreign(`${root}.responseMimeType`, `An answer of type \`${type.slice(0, 60)}\``);
	}
	if (schema !== undefined) {
		const strict = isClosed(schema, 0);
		return { type: "json-schema", name: "answer", schema, ...(strict && { strict }) };
	}
	return { type: type === "" ? "text" : "json" };
}

type Thinking = Pick<ChatCall, "reasoningEffort" | "reasoningTokensMax">;

/** Google's word for a budget that the model chooses. */
const dynamicBudget = -1;

function toThinking(config: Fields, omit: Note): Thinking {
	const value = config.object("thinkingConfig");
	if (value === undefined) return {};
	const param = `${root}.thinkingConfig`;
	const field = fieldsOf(value, param);
	const budget = field.integer("thinkingBudget", { min: dynamicBudget });
	const level = toLevel(field.string("thinkingLevel"), param);
	if (level !== undefined) return { reasoningEffort: level };
	if (budget === undefined || budget === dynamicBudget) return {};
	if (budget === 0) {
		// Not every model can be told so: those that never think refuse the field, others always do.
		omit(param);
		return {};
	}
	return { reasoningEffort: effortOfBudget(budget), reasoningTokensMax: budget };
}

function toLevel(level: string | undefined, param: string): ReasoningEffort | undefined {
	switch ((level ?? "THINKING_LEVEL_UNSPECIFIED").toUpperCase()) {
		case "THINKING_LEVEL_UNSPECIFIED":
			return undefined;
		case "MINIMAL":
			return "minimal";
		case "LOW":
			return "low";
		case "MEDIUM":
			return "medium";
		case "HIGH":
			return "high";
		default:
			throw invalid(`${param}.thinkingLevel`, "must be `MINIMAL`, `LOW`, `MEDIUM` or `HIGH`");
	}
}

function toOther(config: Json, omit: Note): Json {
	const other: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(config)) {
		if (understood.has(name) || asksNothing(value) || value === false) continue;
		if (hints.has(name)) omit(`${root}.${name}`);
		else other[`${root}.${name}`] = value;
	}
	return other;
}
