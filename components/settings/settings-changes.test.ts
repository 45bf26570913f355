import { describe, expect, it } from "vitest";
import * as z from "zod";
import { editableSettings, putSettings } from "../../lib/contracts/system.ts";
import { formChanges } from "../../lib/format/form-values.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import { describeChanges, fieldAt } from "./settings-changes.ts";
import { formSchema, otherPages, sectionsOf } from "./settings-schema.ts";

const schema = z.toJSONSchema(editableSettings, { io: "input" });
const fields = schemaFields(formSchema(schema));
const before = editableSettings.parse({});

describe("describeChanges", () => {
	it("names group, field, unit and both values", () => {
		const after = {
			...before,
			limits: { ...before.limits, keyRequestsPerMinute: 1200 },
			prices: { unpriced: "refuse" },
		};
		expect(describeChanges({ fields, changes: formChanges(fields, before, after) })).toEqual([
			{
				path: ["limits", "keyRequestsPerMinute"],
				group: "Limits",
				label: "Requests per key",
				before: "600 requests/min",
				after: "1,200 requests/min",
			},
			{
				path: ["prices", "unpriced"],
				group: "Prices",
				label: "Models without a price",
				before: "Warn",
				after: "Refuse",
			},
		]);
	});

	it("says that an emptied field goes back to its default", () => {
		const { connectMs: _, ...timeouts } = before.timeouts;
		const after = { ...before, timeouts };
		const [change] = describeChanges({ fields, changes: formChanges(fields, before, after) });
		expect(change?.after).toBe("the default, 10,000 ms (10 s)");
	});
});

describe("fieldAt", () => {
	it("finds a field by its path", () => {
		expect(fieldAt(fields, ["timeouts", "idleMs"])?.label).toBe("Silence");
		expect(fieldAt(fields, ["timeouts", "gone"])).toBeUndefined();
	});
});

describe("formSchema", () => {
	const sections = fields.map((field) => field.path[0]);

	it("leaves out what has a page of its own", () => {
		expect(sections).toEqual(expect.arrayContaining(["limits", "timeouts", "threats", "shield"]));
		for (const name of ["guards", "firewall", "privacy"]) expect(sections).not.toContain(name);
		expect(fieldAt(fields, ["threats", "halfLifeSeconds"])?.label).toBe("Half-life");
		expect(fieldAt(fields, ["threats", "allow", "addresses"])).toBeUndefined();
	});

	it("names only parts that the settings have", () => {
		const all = schemaFields(schema);
		const paths = all.flatMap((field) =>
			[field, ...(field.kind === "group" ? field.fields : [])].map(({ path }) => path.join(".")),
		);
		for (const { path } of otherPages) expect(paths).toContain(path.join("."));
	});

	it("drops a part that does not say what is in it", () => {
		const opaque = { type: "object", additionalProperties: {} };
		const described = { ...schema, properties: { ...schema.properties, opaque } };
		const names = schemaFields(formSchema(described)).map((field) => field.path[0]);
		expect(names).toEqual(sections);
	});

	it("leaves what is no object schema alone", () => {
		expect(formSchema("x")).toBe("x");
	});
});

describe("sectionsOf", () => {
	it("keeps the sections of the form, whole, and sends no others", () => {
		const sent = sectionsOf(formSchema(schema), before);
		expect(Object.keys(sent)).toEqual(fields.map((field) => field.path[0]));
		expect(sent["threats"]).toEqual(before.threats);
		expect(putSettings.body.parse({ version: 1, value: sent }).value).toEqual(sent);
	});

	it("leaves sections out that were not sent", () => {
		expect(putSettings.body.parse({ version: 1, value: {} }).value).toEqual({});
	});
});
