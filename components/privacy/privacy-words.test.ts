import { describe, expect, test } from "vitest";
import { personalDataTypes } from "../../proxy-core/contract/personal-data.ts";
import { privacySettingsSchema } from "../../proxy-core/contract/privacy-settings.ts";
import { changedParts, filterTypes, piecesOf, typeRows, withAction } from "./privacy-words.ts";

const value = privacySettingsSchema.parse({});
const hits = (found: number) => ({ found, enforced: 0, wouldHave: 0 });
const counts = [
	{ type: "US_SSN", day: hits(1), week: hits(2) },
	{ type: "EMPLOYEE_ID", day: hits(0), week: hits(9) },
];

describe("the rows of types", () => {
	test("are all types, those found lately first, and what only an analyzer knows", () => {
		const rows = typeRows(value, counts);
		expect(rows).toHaveLength(personalDataTypes.length + 1);
		expect(rows.slice(0, 3).map(({ id }) => id)).toEqual(["EMPLOYEE_ID", "US_SSN", "PERSON"]);
		expect(rows[0]).toMatchObject({ defaultAction: null, action: "mask", group: null });
	});

	test("are found by id, title, group and action", () => {
		const rows = typeRows(withAction(value, { id: "URL", defaultAction: "flag" }, "block"), counts);
		const all = { search: "", group: "all", action: "all" };
		const ids = (filter: object) => filterTypes(rows, { ...all, ...filter }).map(({ id }) => id);
		expect(ids({ search: "card num" })).toEqual(["CREDIT_CARD"]);
		expect(ids({ action: "block" })).toEqual(["URL"]);
		expect(ids({ group: "network", search: "ip_" })).toEqual(["IP_ADDRESS"]);
	});
});

test("an action that is the default is not written down", () => {
	const row = { id: "URL", defaultAction: "flag" } as const;
	const blocked = withAction(value, row, "block");
	expect(blocked.actions).toEqual({ URL: "block" });
	expect(changedParts(value, blocked)).toEqual(["actions"]);
	expect(withAction(blocked, row, "flag").actions).toEqual({});
});

test("a tried text is cut where something was found", () => {
	const found = [
		{ type: "PERSON", start: 3, end: 6 },
		{ type: "URL", start: 4, end: 5 },
	];
	expect(piecesOf("Hi Ann!", found).map(({ text, type }) => [text, type])).toEqual([
		["Hi ", undefined],
		["Ann", "PERSON"],
		["!", undefined],
	]);
});
