import { describe, expect, it } from "vitest";
import * as z from "zod";
import { sampleJson } from "./sample-json.ts";

const schemas: readonly Readonly<Record<string, unknown>>[] = [
	{ type: "string", minLength: 12, maxLength: 14 },
	{ type: "string", enum: ["b", "a"] },
	{ const: 5 },
	{ type: "integer", minimum: 3, maximum: 9, multipleOf: 4 },
	{ type: "number", exclusiveMinimum: 2, exclusiveMaximum: 4 },
	{ type: "integer", maximum: -5 },
	{ type: ["null", "boolean"] },
	{ type: "array", items: { type: "string" }, minItems: 3, uniqueItems: true },
	{ type: "array", items: { type: "number" }, maxItems: 0 },
	{
		anyOf: [
			{ type: "object", properties: { a: { type: "string" } }, required: ["a"] },
			{ type: "null" },
		],
	},
	{ type: "string", format: "date-time" },
	{ type: "string", format: "email" },
	{
		type: "object",
		properties: {
			name: { type: "string" },
			tags: { type: "array", items: { $ref: "#/$defs/tag" } },
		},
		required: ["name", "tags"],
		additionalProperties: false,
		$defs: { tag: { type: "object", properties: { id: { type: "integer" } }, required: ["id"] } },
	},
];

describe("sampleJson", () => {
	it.each(schemas.map((schema) => [JSON.stringify(schema), schema] as const))(
		"fits %s",
		(_, schema) => {
			const validator = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
			const value = sampleJson(schema);
			expect(validator.safeParse(value).error).toBeUndefined();
			expect(sampleJson(schema)).toEqual(value);
		},
	);

	it("folds allOf in", () => {
		const allOf = [
			{ type: "object", properties: { a: { const: 1 } }, required: ["a"] },
			{ properties: { b: { const: 2 } }, required: ["b"] },
		];
		expect(sampleJson({ allOf })).toEqual({ a: 1, b: 2 });
	});

	it("ends on schemas that refer to themselves", () => {
		const tree = {
			type: "object",
			properties: {
				child: { anyOf: [{ $ref: "#" }, { type: "null" }] },
				list: { type: "array", items: { $ref: "#" } },
			},
			required: ["child", "list"],
		};
		expect(JSON.stringify(sampleJson(tree)).length).toBeLessThan(20_000);
		expect(sampleJson({ $ref: "#" })).toBeNull();
		expect(sampleJson({ allOf: [{ $ref: "#" }, { $ref: "#" }, { $ref: "#" }] })).toEqual({});
		const wide = Object.fromEntries(Array.from("abcdefghij", (name) => [name, { $ref: "#" }]));
		const bush = { type: "object", properties: wide, required: Object.keys(wide) };
		expect(JSON.stringify(sampleJson(bush)).length).toBeLessThan(50_000);
	});
});
