import { describe, expect, it } from "vitest";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import { guardSchema, guards } from "../../proxy-core/guards/registry.ts";
import { guardChanges, historyChanges } from "./guard-changes.ts";

const names = {
	rule: (id: string) => (id === "jwt" ? "JSON Web Token" : id),
	key: (id: string) => (id === "k1" ? "CI runner" : id),
	team: (id: string) => id,
};
const schemaOf = (id: string) => {
	const guard = guards.find((one) => one.id === id);
	if (guard === undefined) throw new Error(`There is no guard ${id}.`);
	return guardSchema(guard);
};
const context = { fields: schemaFields(schemaOf("secret-leak")), names };
const scope = { endpoints: [], sources: [], keyIds: [], teamIds: [] };
const value = {
	mode: "enforce",
	action: "redact",
	rules: {},
	scope,
	exceptions: [],
	onFailure: "closed",
	timeoutMs: 1000,
};

describe("guardChanges", () => {
	it("says nothing about equal values, in whatever order their rules stand", () => {
		const rules = { a: { mode: "off" }, b: { mode: "monitor" } };
		const turned = { b: { mode: "monitor" }, a: { mode: "off" } };
		expect(guardChanges(context, { ...value, rules }, { ...value, rules: turned })).toEqual([]);
	});

	it("names mode, own fields with units, and defaults of emptied fields", () => {
		const { timeoutMs: _, ...emptied } = value;
		const after = { ...emptied, mode: "monitor", action: "block" };
		expect(guardChanges(context, value, after)).toEqual([
			{ label: "Mode", before: "Enforce", after: "Monitor" },
			{ label: "Credential in an answer", before: "Redact", after: "Block" },
			{
				label: "Time limit",
				before: "1,000 ms (1 s)",
				after: "the default, 1,000 ms (1 s)",
			},
		]);
	});

	it("counts rules that change alike and names the few that do not", () => {
		const off = ["a", "b", "c", "d"].map((id) => [id, { mode: "off" }] as const);
		const rules = { ...Object.fromEntries(off), jwt: { mode: "monitor" } };
		expect(guardChanges(context, value, { ...value, rules })).toEqual([
			{ label: "4 rules", before: "As the guard", after: "Off" },
			{ label: "Rule JSON Web Token", before: "As the guard", after: "Monitor" },
		]);
	});

	it("says where a guard looks and looked, since an empty list is everything", () => {
		const before = { ...value, scope: { ...scope, keyIds: ["k1"], sources: ["user"] } };
		const after = { ...value, scope: { ...scope, sources: ["user", "tool-result"] } };
		expect(guardChanges(context, before, after)).toEqual([
			{ label: "Places", before: "User message", after: "User message, Tool result" },
			{ label: "Keys", before: "CI runner", after: "all" },
		]);
	});

	it("says only what differs of other lists", () => {
		const links = { fields: schemaFields(schemaOf("unsafe-links")), names };
		expect(
			guardChanges(
				links,
				{ blockedDomains: ["a.example", "c.example"] },
				{ blockedDomains: ["c.example", "b.example"] },
			),
		).toEqual([{ label: "Blocked domains", before: "a.example", after: "b.example" }]);
	});

	it("writes exceptions as sentences with their reasons", () => {
		const exceptions = [{ rule: "jwt", source: "user", text: "sample", note: "In our docs" }];
		expect(guardChanges(context, value, { ...value, exceptions })).toEqual([
			{
				label: "Exceptions",
				before: null,
				after: "Rule JSON Web Token, place user message, text “sample” (In our docs)",
			},
		]);
	});
});

describe("historyChanges", () => {
	it("reads the values of an entry, those of fields that are gone too", () => {
		expect(
			historyChanges(context, [
				{ field: "mode", before: '"off"', after: '"enforce"' },
				{ field: "rules", before: "{}", after: '{"jwt":{"mode":"off"}}' },
				{ field: "timeoutMs", before: "1000", after: "1234" },
				{ field: "gone", before: "7", after: null },
			]),
		).toEqual([
			{ label: "Mode", before: "Off", after: "Enforce" },
			{ label: "Rule JSON Web Token", before: "As the guard", after: "Off" },
			{ label: "Time limit", before: "1,000 ms (1 s)", after: "1,234 ms (1.23 s)" },
			{ label: "gone", before: "7", after: "nothing" },
		]);
	});
});
