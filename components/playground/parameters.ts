import * as z from "zod";

/** The controls beside the conversation, as they are typed. Empty: left to the model. */
export interface Parameters {
	readonly system: string;
	readonly temperature: string;
	readonly maxTokens: string;
	readonly isStreaming: boolean;
	readonly format: "text" | "json" | "schema";
	/** JSON Schema, used with the format `schema`. */
	readonly schema: string;
	readonly hasTools: boolean;
	/** A list of tools in OpenAI's form, used with `hasTools`. */
	readonly tools: string;
	/** `auto`, `none`, `required`, or the name of a tool. */
	readonly toolChoice: string;
}

export const sampleTools = JSON.stringify(
	[
		{
			type: "function",
			function: {
				name: "get_weather",
				description: "Current weather in a city",
				parameters: {
					type: "object",
					properties: { city: { type: "string" } },
					required: ["city"],
				},
			},
		},
	],
	null,
	2,
);

const sampleSchema = JSON.stringify(
	{
		type: "object",
		properties: { summary: { type: "string" }, confidence: { type: "number" } },
		required: ["summary", "confidence"],
		additionalProperties: false,
	},
	null,
	2,
);

export const initialParameters: Parameters = {
	system: "",
	temperature: "",
	maxTokens: "",
	isStreaming: true,
	format: "text",
	schema: sampleSchema,
	hasTools: false,
	tools: sampleTools,
	toolChoice: "auto",
};

export type ParameterName = "temperature" | "maxTokens" | "schema" | "tools";
export type ParameterIssues = Readonly<Partial<Record<ParameterName, string>>>;

const toolsSchema = z
	.array(
		z.looseObject({
			type: z.literal("function"),
			function: z.looseObject({ name: z.string().min(1) }),
		}),
	)
	.min(1);

/** What is wrong with the parameters, by field; only those that would be sent count. */
export function issuesOf(parameters: Parameters): ParameterIssues {
	const { temperature, maxTokens, format, schema, hasTools, tools } = parameters;
	return {
		...(isNumber(temperature, { min: 0, max: 2 })
			? {}
			: { temperature: "Use a number from 0 to 2, or leave it empty." }),
		...(isNumber(maxTokens, { min: 1, max: 1_000_000, isWhole: true })
			? {}
			: { maxTokens: "Use a whole number from 1 on, or leave it empty." }),
		...(format !== "schema" || isObject(readJson(schema))
			? {}
			: { schema: "This must be a JSON Schema: an object in valid JSON." }),
		...(!hasTools || toolsSchema.safeParse(readJson(tools)).success
			? {}
			: { tools: "This must be a JSON list of tools, each of type function with a name." }),
	};
}

/** Names of the tools that are offered; empty while their JSON cannot be read. */
export function toolNames({ hasTools, tools }: Parameters): readonly string[] {
	const parsed = hasTools ? toolsSchema.safeParse(readJson(tools)) : undefined;
	return parsed?.data?.map((tool) => tool.function.name) ?? [];
}

export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

interface Limits {
	readonly min: number;
	readonly max: number;
	readonly isWhole?: boolean;
}

function isNumber(text: string, { min, max, isWhole = false }: Limits): boolean {
	if (text.trim() === "") return true;
	const value = Number(text);
	return value >= min && value <= max && (!isWhole || Number.isInteger(value));
}

function isObject(value: unknown): boolean {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
