import { expect, it } from "vitest";
import * as z from "zod";
import { fieldsOf, fieldTable, inputSchema } from "./schema-fields.ts";

it("lists the fields of nested objects by their path", () => {
	const schema = z.strictObject({
		limits: z.strictObject({ perMinute: z.int().min(0).default(600) }).prefault({}),
		name: z.string(),
	});
	const fields = fieldsOf(inputSchema(schema));
	expect(fields.map(({ path, isRequired }) => [path, isRequired])).toEqual([
		["limits.perMinute", false],
		["name", true],
	]);
});

it("says in words what a value may be", () => {
	const schema = z.strictObject({
		count: z.int().min(1).max(10_000).default(5).meta({ title: "Count", unit: "requests" }),
		mode: z.enum(["warn", "refuse"]).default("warn").meta({ description: "What to do." }),
		key: z.string().meta({ ui: { control: "secret" } }),
		until: z.iso.datetime().nullable().default(null),
	});
	expect(
		fieldTable(fieldsOf(inputSchema(schema)))
			.split("\n")
			.slice(2),
	).toEqual([
		"| `count` | **Count.** | whole number, 1 to 10,000 | `5` requests |",
		'| `mode` | What to do. | `warn`, `refuse` | `"warn"` |',
		"| `key` |  | text, write-only | required |",
		"| `until` |  | instant or `null` | `null` |",
	]);
});

it("keeps a bar in a description inside its cell", () => {
	const schema = z.strictObject({ mode: z.string().meta({ description: "one | two" }) });
	expect(fieldTable(fieldsOf(inputSchema(schema)))).toContain("one \\| two");
});
