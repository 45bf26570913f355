import type { ChatCall, ToolChoice, ToolDefinition } from "../../contract/chat.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf, invalid, listOf } from "../openai/read-field.ts";
import type { Omit } from "./to-parts.ts";
import { foreign } from "./to-parts.ts";

/** `tools`, as far as they are the caller's own. Throws `request.invalid`, `request.unsupported`. */
export function toTools(value: unknown, omit: Omit): readonly ToolDefinition[] {
	if (value === undefined || value === null) return [];
	return listOf(value, "tools").map((tool, index) => toTool(tool, `tools[${index}]`, omit));
}

/** Fields that make a call cheaper or earlier; the tool is the same without them. */
const hints = ["cache_control", "defer_loading", "eager_input_streaming", "input_examples"];

function toTool(value: unknown, param: string, omit: Omit): ToolDefinition {
	const field = fieldsOf(value, param);
	const type = field.string("type");
	if (type !== undefined && type !== "custom") {
		throw foreign(`${param}.type`, `A tool of type \`${type.slice(0, 60)}\``);
	}
	const callers = field.json["allowed_callers"] ?? ["direct"];
	if (!listOf(callers, `${param}.allowed_callers`).includes("direct")) {
		throw foreign(`${param}.allowed_callers`, "A tool that only code may call");
	}
	const name = field.string("name");
	if (name === undefined || name === "") throw invalid(`${param}.name`, "is required");
	const parameters = field.object("input_schema");
	if (parameters === undefined) throw invalid(`${param}.input_schema`, "is required");
	for (const hint of hints) if (field.json[hint]) omit(hint);
	const description = field.string("description");
	const strict = field.boolean("strict");
	return {
		name,
		parameters,
		...(description !== undefined && { description }),
		...(strict !== undefined && { strict }),
	};
}

/** `tool_choice` in two fields of the canonical form. Throws `request.invalid`. */
export function toToolChoice(
	value: unknown,
	tools: readonly ToolDefinition[],
): Pick<ChatCall, "toolChoice" | "parallelToolCalls"> {
	if (value === undefined || value === null) return {};
	const field = fieldsOf(value, "tool_choice");
	const single = field.boolean("disable_parallel_tool_use") === true;
	return {
		toolChoice: choiceOf(field.json, tools),
		...(single && { parallelToolCalls: false }),
	};
}

function choiceOf(choice: Json, tools: readonly ToolDefinition[]): ToolChoice {
	const { type, name } = choice;
	if (type === "auto" || type === "none") return { type };
	if (type === "any") return { type: "required" };
	if (type !== "tool") throw invalid("tool_choice.type", "must be `auto`, `any`, `tool` or `none`");
	if (typeof name !== "string" || !tools.some((tool) => tool.name === name)) {
		throw invalid("tool_choice.name", "must name one of `tools`");
	}
	return { type: "tool", name };
}
