import { expect, it } from "vitest";
import { toJsonSchema } from "./to-schema.ts";

it("puts a schema in Google's words into those of JSON Schema", () => {
	expect(
		toJsonSchema({
			type: "OBJECT",
			propertyOrdering: ["b", "a"],
			required: ["a"],
			properties: {
				a: { type: "STRING", format: "enum", enum: ["x"], nullable: true },
				b: { type: "ARRAY", min_items: "1", items: { type: "INTEGER", format: "int64" } },
				type: { anyOf: [{ type: "NUMBER" }, { type: "STRING", format: "date-time" }] },
				nullable: { any_of: [{ type: "BOOLEAN" }], nullable: true, example: true },
			},
		}),
	).toEqual({
		type: "object",
		required: ["a"],
		properties: {
			a: { type: ["string", "null"], enum: ["x", null] },
			b: { type: "array", minItems: 1, items: { type: "integer" } },
			type: { anyOf: [{ type: "number" }, { type: "string", format: "date-time" }] },
			nullable: {
				anyOf: [{ anyOf: [{ type: "boolean" }], examples: [true] }, { type: "null" }],
			},
		},
	});
});

it("leaves JSON Schema as it is", () => {
	const schema = {
		type: "object",
		properties: { snake_case: { type: "string", description: "d" } },
		additionalProperties: false,
		$defs: { a: { $ref: "#/$defs/b" } },
	};
	expect(toJsonSchema(schema)).toEqual(schema);
});
