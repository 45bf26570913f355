import type { Json } from "../openai/read-field.ts";
import { isObject } from "../openai/read-field.ts";
import { camel } from "./spelling.ts";

/** Google writes these as texts, as it writes all integers of 64 bits. */
const counts: ReadonlySet<string> = new Set([
	"minItems",
	"maxItems",
	"minLength",
	"maxLength",
	"minProperties",
	"maxProperties",
]);

/** Formats of Google's own that say what the type says already. */
const emptyFormats: ReadonlySet<unknown> = new Set(["enum", "int32", "int64", "float", "double"]);

/** Fields that JSON Schema has another name or another form for. */
const fields: Readonly<Record<string, (value: unknown) => Json>> = {
	type: typeOf,
	format: (format) => (emptyFormats.has(format) ? {} : { format }),
	example: (example) => ({ examples: [example] }),
	ref: (ref) => ({ $ref: ref }),
	defs: (defs) => ({ $defs: eachOf(defs) }),
	properties: (properties) => ({ properties: eachOf(properties) }),
	items: (items) => ({ items: toJsonSchema(items) }),
	anyOf: (anyOf) => ({ anyOf: listOf(anyOf) }),
	prefixItems: (prefixItems) => ({ prefixItems: listOf(prefixItems) }),
	additionalProperties: (other) => ({
		additionalProperties: isObject(other) ? toJsonSchema(other) : other,
	}),
	propertyOrdering: () => ({}),
	nullable: () => ({}),
};

/** JSON Schema of a schema in the dialect of OpenAPI that Google's API has. */
export function toJsonSchema(schema: unknown): Json {
	if (!isObject(schema)) return {};
	const members = Object.entries(schema)
		.filter(([, value]) => value !== undefined && value !== null)
		.map(([key, value]): Json => fieldOf(key, value));
	const result: Json = Object.assign({}, ...members);
	return schema["nullable"] === true ? orNull(result) : result;
}

function fieldOf(key: string, value: unknown): Json {
	const name = camel(key);
	if (counts.has(name)) return { [name]: Number(value) };
	const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
	return field === undefined ? { [name]: value } : field(value);
}

function typeOf(type: unknown): Json {
	if (type === "TYPE_UNSPECIFIED") return {};
	return { type: typeof type === "string" ? type.toLowerCase() : type };
}

function orNull(schema: Json): Json {
	const { type, enum: values } = schema;
	if (typeof type !== "string") return { anyOf: [schema, { type: "null" }] };
	return {
		...schema,
		type: [type, "null"],
		...(Array.isArray(values) && { enum: [...values, null] }),
	};
}

function eachOf(value: unknown): unknown {
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, toJsonSchema(inner)]),
	);
}

function listOf(value: unknown): unknown {
	return Array.isArray(value) ? value.map(toJsonSchema) : value;
}
