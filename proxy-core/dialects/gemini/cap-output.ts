import type { JsonEdit } from "../../text/json-splice.ts";
import type { Json } from "../openai/read-field.ts";
import { isObject } from "../openai/read-field.ts";
import { membersOf } from "./spelling.ts";

/** The edit that limits how much the model may say, in whichever spelling the caller used. */
export function capOutput(json: Json, value: number): JsonEdit {
	const config = membersOf(json, []).get("generationConfig");
	const key = config?.key ?? "generationConfig";
	if (!isObject(config?.value)) return { path: [key, "maxOutputTokens"], value };
	const limit = membersOf(config.value, [key]).get("maxOutputTokens");
	return { path: [key, limit?.key ?? "maxOutputTokens"], value };
}
