import { describe, expect, it } from "vitest";
import * as z from "zod";
import { editableSettings } from "../../lib/contracts/system.ts";
import { formChanges } from "../../lib/format/form-values.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import { describeChanges, fieldAt } from "./settings-changes.ts";
import { withoutOpaqueParts } from "./settings-schema.ts";

const schema = z.toJSONSchema(editableSettings, { io: "input" });
const fields = schemaFields(withoutOpaqueParts(schema));
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

describe("withoutOpaqueParts", () => {
	it("drops a part that does not say what is in it", () => {
		expect(fields.map((field) => field.path[0])).toEqual([
			"limits",
			"timeouts",
			"routing",
			"prices",
			"cache",
			"budgets",
		]);
	});

	it("keeps a part as soon as it does", () => {
		const guards = z.toJSONSchema(
			z.object({ "secret-leak": z.object({ action: z.enum(["flag", "block"]) }) }),
		);
		const described = { ...schema, properties: { ...schema.properties, guards } };
		const names = schemaFields(withoutOpaqueParts(described)).map((field) => field.path[0]);
		expect(names).toContain("guards");
	});

	it("leaves what is no object schema alone", () => {
		expect(withoutOpaqueParts("x")).toBe("x");
	});
});
