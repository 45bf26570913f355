import * as z from "zod";
import { code, table } from "./markdown.ts";

/** The parts of JSON Schema that Zod writes and the pages show. */
export interface JsonSchema {
	readonly type?: string;
	readonly title?: string;
	readonly description?: string;
	readonly default?: unknown;
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly format?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly unit?: string;
	readonly ui?: { readonly control?: string };
	readonly items?: JsonSchema;
	readonly anyOf?: readonly JsonSchema[];
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly additionalProperties?: JsonSchema | boolean;
	readonly required?: readonly string[];
	readonly $ref?: string;
}

/** One field that can be given a value. */
export interface SchemaField {
	/** From the root, such as `limits.bodyBytesMax`. */
	readonly path: string;
	readonly schema: JsonSchema;
	readonly isRequired: boolean;
}

/** What callers may write: defaults are not required. Shared schemas are written out. */
export function inputSchema(schema: z.ZodType): JsonSchema {
	return z.toJSONSchema(schema, { io: "input", reused: "inline" }) as JsonSchema;
}

/** The fields of an object and of the objects in it, in the order of the schema. */
export function fieldsOf(schema: JsonSchema, prefix = ""): readonly SchemaField[] {
	return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
		const path = `${prefix}${name}`;
		if (field.properties !== undefined) return fieldsOf(field, `${path}.`);
		return [{ path, schema: field, isRequired: schema.required?.includes(name) === true }];
	});
}

/** `whole number, 0 to 100`: what a value may be, in words. */
export function describeValues(schema: JsonSchema): string {
	if (schema.$ref !== undefined) return schema.$ref.replace(/^.*\//, "");
	if (schema.const !== undefined) return code(String(schema.const));
	if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(", ");
	if (schema.anyOf !== undefined) {
		return schema.anyOf.map((option) => describeValues(option)).join(" or ");
	}
	const bounds = boundsOf(schema);
	return [wordFor(schema), ...(bounds === "" ? [] : [bounds])].join(", ");
}

function wordFor({ type, format, items, ui }: JsonSchema): string {
	if (type === "integer") return "whole number";
	if (type === "boolean") return "`true` or `false`";
	if (type === "array")
		return `list of ${items === undefined ? "anything" : describeValues(items)}`;
	if (type === "null") return "`null`";
	if (type === undefined) return "anything";
	if (type !== "string") return type;
	if (ui?.control === "secret") return "text, write-only";
	return format === undefined
		? "text"
		: format.replace("uri", "address").replace("date-time", "instant");
}

function boundsOf(schema: JsonSchema): string {
	const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
	return [
		between(safe(minimum), safe(maximum), ""),
		between(minLength, maxLength, " characters"),
		between(minItems, maxItems, " entries"),
	]
		.filter((text) => text !== "")
		.join(", ");
}

/** Zod writes the range of exact integers where nobody set a bound. */
function safe(bound: number | undefined): number | undefined {
	return bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;
}

function between(low: number | undefined, high: number | undefined, noun: string): string {
	if (low !== undefined && high !== undefined) return `${grouped(low)} to ${grouped(high)}${noun}`;
	if (low !== undefined) return `at least ${grouped(low)}${noun}`;
	return high === undefined ? "" : `at most ${grouped(high)}${noun}`;
}

/** Always with English commas, whatever the machine's language. */
export function grouped(value: number): string {
	return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
}

/** The default as it would be written, with its unit. */
export function describeDefault({ schema, isRequired }: SchemaField): string {
	if (schema.default === undefined) return isRequired ? "required" : "none";
	const { default: value, unit } = schema;
	const text = code(JSON.stringify(value));
	return unit === undefined ? text : `${text} ${unit}`;
}

/** A table of fields: name, what it is, allowed values, default. */
export function fieldTable(fields: readonly SchemaField[]): string {
	return table(
		["Field", "What it is", "Values", "Default"],
		fields.map((field) => [
			code(field.path),
			[sentence(field.schema.title), field.schema.description ?? ""].join(" ").trim(),
			describeValues(field.schema),
			describeDefault(field),
		]),
	);
}

function sentence(title: string | undefined): string {
	return title === undefined ? "" : `**${title}.**`;
}
