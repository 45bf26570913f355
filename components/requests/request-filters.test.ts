import { describe, expect, it } from "vitest";
import { chipsOf, listSearch, readFilters, readListQuery } from "./request-filters.ts";

const params = (text: string) => new URLSearchParams(text);

describe("readFilters", () => {
	it("reads every filter of an address", () => {
		expect(
			readFilters(params("outcome=failed&action=block&model=a/b&keyId=k1&ip=::1&search=req_1")),
		).toEqual({
			outcome: "failed",
			action: "block",
			model: "a/b",
			keyId: "k1",
			ip: "::1",
			search: "req_1",
		});
	});

	it("leaves out what the endpoint would refuse", () => {
		expect(readFilters(params(`outcome=lost&search=${"x".repeat(101)}&ip=&model=m`))).toEqual({
			model: "m",
		});
	});
});

describe("readListQuery", () => {
	it("adds the range", () => {
		expect(readListQuery(params("range=7d&outcome=refused"))).toEqual({
			range: "7d",
			outcome: "refused",
		});
	});
});

describe("listSearch", () => {
	it("keeps range and filters and drops everything else", () => {
		expect(listSearch(params("range=1h&tab=x&keyId=k1"))).toBe("?range=1h&keyId=k1");
		expect(listSearch(params("tab=x"))).toBe("");
	});
});

describe("chipsOf", () => {
	it("says filters in words and keys by name", () => {
		const chips = chipsOf({ keyId: "k1", outcome: "refused" }, new Map([["k1", "CI runner"]]));
		expect(chips).toEqual([
			{ name: "outcome", label: "Outcome", text: "Refused" },
			{ name: "keyId", label: "Key", text: "CI runner" },
		]);
	});

	it("falls back to the id of a key that it does not know", () => {
		expect(chipsOf({ keyId: "k9" }, new Map())[0]?.text).toBe("k9");
	});
});
