import { describe, expect, it } from "vitest";
import type { BudgetDraft } from "./budget-draft.ts";
import { changed, checkDraft, newDraft, readAmount, writeAmount } from "./budget-draft.ts";

const draft: BudgetDraft = {
	...newDraft("Europe/Vienna"),
	title: "Search",
	subject: "0f8fad5b-d9cb-469f-a165-70867728950e",
	hard: "200",
	soft: "160",
};

function issuesOf(part: Partial<BudgetDraft>): readonly string[] {
	const check = checkDraft({ ...draft, ...part });
	return check.ok ? [] : check.issues.map(({ path }) => path);
}

describe("readAmount", () => {
	it.each([
		["200", 200_000_000],
		["$ 1,250.50", 1_250_500_000],
		["1 250", 1_250_000_000],
		["0.000001", 1],
		[".5", 500_000],
		["2.5k", 2_500_000_000],
		["1.250,50", undefined],
		["1,25", undefined],
		["-5", undefined],
		["", undefined],
		["1e3", undefined],
	])("reads %j as micro-dollars", (text, expected) => {
		expect(readAmount("usd", text)).toBe(expected);
	});

	it("takes whole counts only", () => {
		expect(readAmount("tokens", "5M")).toBe(5_000_000);
		expect(readAmount("requests", "1.5")).toBeUndefined();
		expect(readAmount("tokens", "1.5k")).toBe(1500);
	});

	it("reads back what it wrote", () => {
		for (const amount of [0, 1, 10, 500_000, 199_500_000, 1_000_000, 120_000_000_000]) {
			expect(readAmount("usd", writeAmount("usd", amount))).toBe(amount);
			expect(readAmount("tokens", writeAmount("tokens", amount))).toBe(amount);
		}
	});

	it("writes dollars without needless zeros", () => {
		expect(writeAmount("usd", 200_000_000)).toBe("200");
		expect(writeAmount("usd", 199_500_000)).toBe("199.50");
	});
});

describe("changed", () => {
	it("lets the soft limit follow the hard one until somebody writes an own", () => {
		const fresh = newDraft("UTC");
		expect(changed(fresh, { hard: "200" }).soft).toBe("160");
		const own = changed(changed(fresh, { hard: "200" }), { soft: "", isSoftOwn: true });
		expect(changed(own, { hard: "300" }).soft).toBe("");
	});

	it("forgets the subject of another scope", () => {
		expect(changed(draft, { scope: "key" }).subject).toBe("");
	});

	it("keeps what does not go together apart", () => {
		expect(changed(draft, { unit: "parallel" }).window).toBe("total");
		expect(changed({ ...draft, isEach: true }, { scope: "tag" }).isEach).toBe(false);
		expect(changed({ ...draft, softAction: "downgrade" }, { unit: "tokens" }).softAction).toBe(
			"notify",
		);
	});
});

describe("checkDraft", () => {
	it("makes the input of a whole draft", () => {
		const check = checkDraft(draft);
		expect(check.ok && check.input).toMatchObject({
			subject: draft.subject,
			hardLimit: 200_000_000,
			softLimit: 160_000_000,
			softAction: "notify",
			downgradeTo: [],
		});
	});

	it("sends no subject for the organisation and a star for each", () => {
		const organisation = checkDraft({ ...draft, scope: "organisation" });
		const each = checkDraft({ ...draft, isEach: true });
		expect(organisation.ok && organisation.input.subject).toBeNull();
		expect(each.ok && each.input.subject).toBe("*");
	});

	it("names the fields at fault, each once", () => {
		expect(issuesOf({ title: " ", hard: "much", subject: "" })).toEqual([
			"hardLimit",
			"subject",
			"title",
		]);
		expect(issuesOf({ soft: "300" })).toEqual(["softLimit"]);
		expect(issuesOf({ scope: "tag", subject: "*" })).toEqual(["subject"]);
		expect(issuesOf({ softAction: "downgrade" })).toEqual(["downgradeTo"]);
		expect(issuesOf({ timeZone: "Mars/Olympus" })).toEqual(["timeZone"]);
	});

	it("forgets cheaper models when there is no soft limit at which to use them", () => {
		const check = checkDraft({
			...draft,
			soft: "",
			softAction: "downgrade",
			downgradeTo: ["echo"],
		});
		expect(check.ok && check.input.softAction).toBe("notify");
	});
});
