import type { ChatCall, ToolDefinition } from "../../contract/chat.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf, invalid } from "../openai/read-field.ts";
import { foreign } from "./foreign.ts";
import { asList } from "./spelling.ts";
import { toJsonSchema } from "./to-schema.ts";

/** Notes the name of a field that was left out because an answer is right without it. */
type Note = (field: string) => void;

/** `tools`, as far as they are the caller's own. Throws `request.invalid`, `request.unsupported`. */
export function toTools(value: unknown, omit: Note): readonly ToolDefinition[] {
	return asList(value).flatMap((tool, index) => {
		const param = `tools[${index}]`;
		const { functionDeclarations, ...others } = fieldsOf(tool, param).json;
		const [other] = Object.entries(others).filter(([, inner]) => inner !== null);
		if (other !== undefined) {
			const [name] = other;
			throw foreign(`${param}.${name}`, `A tool of Google's (\`${name.slice(0, 60)}\`)`);
		}
		return asList(functionDeclarations).map((declaration, at) =>
			toTool(declaration, `${param}.functionDeclarations[${at}]`, omit),
		);
	});
}

/** Fields about what a function gives back: a call of it is the same without them. */
const hints = ["response", "responseJsonSchema"];

function toTool(value: unknown, param: string, omit: Note): ToolDefinition {
	const field = fieldsOf(value, param);
	const name = field.string("name");
	if (name === undefined || name === "") throw invalid(`${param}.name`, "is required");
	if (field.string("behavior") === "NON_BLOCKING") {
		throw foreign(`${param}.behavior`, "A function that is not waited for");
	}
	for (const hint of hints) if (field.json[hint]) omit(`functionDeclarations.${hint}`);
	const description = field.string("description");
	const schema = field.object("parametersJsonSchema");
	const parameters = schema ?? optionalSchema(field.object("parameters"));
	return {
		name,
		...(description !== undefined && { description }),
		...(parameters !== undefined && { parameters }),
	};
}

function optionalSchema(schema: Json | undefined): Json | undefined {
	return schema === undefined ? undefined : toJsonSchema(schema);
}

type Choice = Pick<ChatCall, "tools" | "toolChoice">;

/**
 * `toolConfig`. A choice among several functions becomes the choice among all, with the others left
 * out. Throws `request.invalid`, `request.unsupported`.
 */
export function toToolChoice(
	config: Json | undefined,
	tools: readonly ToolDefinition[],
	omit: Note,
): Choice {
	const { functionCallingConfig, ...others } = config ?? {};
	const [other] = Object.keys(others);
	if (other !== undefined) throw foreign(`toolConfig.${other}`, `\`toolConfig.${other}\``);
	if (functionCallingConfig === undefined || functionCallingConfig === null) return { tools };
	const param = "toolConfig.functionCallingConfig";
	const field = fieldsOf(functionCallingConfig, param);
	const names = asList(field.json["allowedFunctionNames"]);
	const allowed = names.length === 0 ? tools : tools.filter(({ name }) => names.includes(name));
	switch (field.string("mode")) {
		case undefined:
		case "MODE_UNSPECIFIED":
			return { tools };
		case "AUTO":
			return { tools, toolChoice: { type: "auto" } };
		case "NONE":
			return { tools, toolChoice: { type: "none" } };
		case "VALIDATED":
			// Whether calls keep to their schema is up to the model elsewhere.
			omit(`${param}.mode`);
			return { tools: allowed, toolChoice: { type: "auto" } };
		case "ANY":
			return {
				tools: allowed,
				toolChoice: forced(allowed, names, `${param}.allowedFunctionNames`),
			};
		default:
			throw invalid(`${param}.mode`, "must be `AUTO`, `ANY`, `NONE` or `VALIDATED`");
	}
}

function forced(
	allowed: readonly ToolDefinition[],
	names: readonly unknown[],
	param: string,
): NonNullable<ChatCall["toolChoice"]> {
	const [only] = allowed;
	if (only === undefined) throw invalid(param, "must name functions among `tools`");
	if (names.length > 0 && allowed.length === 1) return { type: "tool", name: only.name };
	return { type: "required" };
}
