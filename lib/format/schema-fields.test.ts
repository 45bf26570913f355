import { describe, expect, test } from "vitest";
import * as z from "zod";
import { settingsSchema } from "../../proxy-core/contract/settings.ts";
import { fieldProblem, formChanges, leavesOf, valueAt, withValueAt } from "./form-values.ts";
import type { SchemaField } from "./schema-fields.ts";
import { schemaFields } from "./schema-fields.ts";

const provider = z.strictObject({
	apiKey: z
		.string()
		.min(8)
		.meta({ title: "API key", ui: { control: "secret" } }),
	baseUrl: z.url().default("https://api.example.com").meta({ title: "Base URL" }),
	timeoutMs: z.int().min(10).max(60_000).nullable().default(null).meta({ unit: "ms" }),
	mode: z.enum(["fast", "safe"]).default("safe"),
	hosts: z.array(z.string()).default([]),
	scopes: z.array(z.enum(["a", "b"])).default(["a"]),
	isOn: z.boolean().default(true),
	nested: z
		.strictObject({
			note: z
				.string()
				.optional()
				.meta({ ui: { control: "textarea" } }),
		})
		.prefault({}),
	extra: z.record(z.string(), z.unknown()).default({}),
});
const fields = schemaFields(z.toJSONSchema(provider, { io: "input" }));

function field(path: string): SchemaField {
	const found = leavesOf(fields).find((candidate) => candidate.path.join(".") === path);
	if (found === undefined) throw new Error(`no field ${path}`);
	return found;
}

const withPagesOfTheirOwn = {
	killSwitch: true,
	guards: true,
	firewall: true,
	privacy: true,
} as const;

describe("the fields of a schema", () => {
	test("have the control that fits their type and hints", () => {
		const kinds = leavesOf(fields).map((one) => [one.path.join("."), one.kind]);
		expect(Object.fromEntries(kinds)).toEqual({
			apiKey: "secret",
			baseUrl: "text",
			timeoutMs: "number",
			mode: "choice",
			hosts: "list",
			scopes: "choices",
			isOn: "toggle",
			"nested.note": "textarea",
			extra: "json",
		});
	});

	test("carry label, default, unit and bounds", () => {
		expect(field("apiKey")).toMatchObject({ label: "API key", isRequired: true });
		expect(field("baseUrl")).toMatchObject({
			isRequired: false,
			defaultValue: "https://api.example.com",
		});
		expect(field("timeoutMs")).toMatchObject({
			label: "Timeout ms",
			isNullable: true,
			isInteger: true,
			min: 10,
			max: 60_000,
			unit: "ms",
		});
	});

	test("cover every setting an operator can edit, with a label that was written for it", () => {
		const editable = schemaFields(
			z.toJSONSchema(settingsSchema.omit(withPagesOfTheirOwn), { io: "input" }),
		);
		expect(leavesOf(editable).length).toBeGreaterThan(6);
		for (const leaf of leavesOf(editable)) {
			// Allowed actors are edited where the banned ones are.
			if (leaf.path.join(".").startsWith("threats.allow.")) continue;
			expect(leaf.kind).not.toBe("json");
			expect(leaf.label).toMatch(/^[A-Z]/);
		}
	});

	test("follow references into definitions", () => {
		const shared = z.strictObject({ name: z.string() }).meta({ id: "SchemaFieldsShared" });
		const root = z.strictObject({ left: shared, right: shared });
		const [left, right] = schemaFields(z.toJSONSchema(root));
		expect([left?.kind, right?.kind]).toEqual(["group", "group"]);
	});
});

describe("a field's problem", () => {
	test.each([
		["apiKey", "", "This is needed."],
		["apiKey", "short", "Use at least 8 characters."],
		["apiKey", "long enough", undefined],
		["baseUrl", "not an address", "Write a whole address, with https://."],
		["baseUrl", undefined, undefined],
		["timeoutMs", 5, "The least is 10."],
		["timeoutMs", 70_000, "The most is 60,000."],
		["timeoutMs", 10.5, "This must be a whole number."],
		["timeoutMs", null, undefined],
		["mode", "other", "Choose one of the options."],
	])("of %s with %j is %j", (path, value, problem) => {
		expect(fieldProblem(field(path), value)).toBe(problem);
	});
});

describe("form values", () => {
	test("change at one leaf and leave the original alone", () => {
		const before = { limits: { a: 1, b: 2 } };
		const after = withValueAt(before, ["limits", "a"], 3);
		expect(after).toEqual({ limits: { a: 3, b: 2 } });
		expect(before.limits.a).toBe(1);
		expect(valueAt(withValueAt(before, ["limits", "a"], undefined), ["limits"])).toEqual({ b: 2 });
	});

	test("tell what saving would change, without showing secrets", () => {
		const changes = formChanges(
			fields,
			{ isOn: true, mode: "safe" },
			{ isOn: false, mode: "safe", apiKey: "sk-very-secret" },
		);
		expect(changes).toEqual([
			{ path: ["apiKey"], label: "API key", before: "stored", after: "a new value" },
			{ path: ["isOn"], label: "Is on", before: "on", after: "off" },
		]);
	});
});
