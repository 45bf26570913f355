import type { ChatCall, ReasoningEffort, ResponseFormat } from "../../contract/chat.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf, invalid, isObject } from "../openai/read-field.ts";
import type { Omit } from "./to-parts.ts";

type Thinking = Pick<ChatCall, "reasoningEffort" | "reasoningTokensMax">;

/**
 * How hard the model should think. `output_config.effort` says it itself; a budget of thinking tokens
 * is also read on the scale on which efforts are turned into budgets. Nothing leaves it to the model. Throws `request.invalid`.
 */
export function toReasoning(json: Json, omit: Omit): Thinking {
	const effort = effortOf(json["output_config"]);
	const asked = effort === undefined ? {} : { reasoningEffort: effort };
	const value = json["thinking"];
	if (value === undefined || value === null) return asked;
	const field = fieldsOf(value, "thinking");
	switch (field.string("type")) {
		case "enabled": {
			const budget = field.integer("budget_tokens", { min: 1 });
			if (budget === undefined) throw invalid("thinking.budget_tokens", "is required");
			return { reasoningEffort: effort ?? effortOfBudget(budget), reasoningTokensMax: budget };
		}
		case "disabled":
			// Not every model can be told so: those that never think refuse the field, others always do.
			omit("thinking");
			return {};
		case "adaptive":
		case "between_tools":
			return asked;
		default:
			throw invalid("thinking.type", "must be `enabled`, `adaptive` or `disabled`");
	}
}

function effortOf(config: unknown): ReasoningEffort | undefined {
	if (config === undefined || config === null) return undefined;
	const effort = fieldsOf(config, "output_config").string("effort");
	switch (effort) {
		case undefined:
		case "low":
		case "medium":
		case "high":
			return effort;
		// Above the canonical scale; the highest of it is the nearest.
		case "xhigh":
		case "max":
			return "high";
		default:
			throw invalid("output_config.effort", "must be `low`, `medium`, `high`, `xhigh` or `max`");
	}
}

/** Halfway, in powers of two, between the budgets that stand for the efforts. */
export function effortOfBudget(tokens: number): ReasoningEffort {
	if (tokens < 4096) return "low";
	return tokens < 16_384 ? "medium" : "high";
}

/** `output_config.format`, or the beta's `output_format`. Throws `request.invalid`. */
export function toResponseFormat(json: Json): ResponseFormat {
	const config = json["output_config"];
	const current = isObject(config) ? config["format"] : undefined;
	const [value, param] = current
		? [current, "output_config.format"]
		: [json["output_format"], "output_format"];
	if (value === undefined || value === null) return { type: "text" };
	const field = fieldsOf(value, param);
	if (field.string("type") !== "json_schema")
		throw invalid(`${param}.type`, "must be `json_schema`");
	const schema = field.object("schema");
	if (schema === undefined) throw invalid(`${param}.schema`, "is required");
	return {
		type: "json-schema",
		name: "answer",
		schema,
		...(isClosed(schema, 0) && { strict: true }),
	};
}

/** What OpenAI's strict mode demands of every object: no other members, and none that may be absent. */
export function isClosed(schema: unknown, depth: number): boolean {
	if (typeof schema !== "object" || schema === null) return true;
	if (depth > 64) return false;
	const inner = Object.values(schema);
	if (!isObject(schema)) return inner.every((item) => isClosed(item, depth + 1));
	const { properties, required, additionalProperties } = schema;
	if (isObject(properties)) {
		const names = Array.isArray(required) ? required : [];
		if (additionalProperties !== false) return false;
		if (!Object.keys(properties).every((name) => names.includes(name))) return false;
	}
	return inner.every((item) => isClosed(item, depth + 1));
}
