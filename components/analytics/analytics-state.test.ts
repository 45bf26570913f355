import { describe, expect, it } from "vitest";
import { analyticsGroups } from "../../lib/contracts/analytics.ts";
import { filtersOf, readState } from "./analytics-state.ts";

const params = (text: string) => new URLSearchParams(text);

describe("readState", () => {
	it("shows spend by model of the last day when the address says nothing", () => {
		expect(readState(params("")).question).toEqual({
			range: "24h",
			metric: "spend",
			groupBy: "model",
		});
	});

	it("reads range, metric, group and filters", () => {
		const state = readState(params("range=7d&metric=errors&by=team&tag=prod&keyId=k1"));
		expect(state.question).toEqual({
			range: "7d",
			metric: "errors",
			groupBy: "team",
			tag: "prod",
			keyId: "k1",
		});
		expect(state.filters).toEqual({ tag: "prod", keyId: "k1" });
	});

	it("leaves out what the endpoint would refuse", () => {
		const state = readState(params(`metric=mood&by=mood&provider=${"x".repeat(65)}&model=m`));
		expect(state).toMatchObject({ metric: "spend", groupBy: "model", filters: { model: "m" } });
	});
});

describe("filtersOf", () => {
	it("parts a served model into provider and model, at the first slash", () => {
		expect(filtersOf("model", "openrouter/meta/llama")).toEqual({
			provider: "openrouter",
			model: "meta/llama",
		});
	});

	it("has one for every group, and none for requests that belong to none", () => {
		for (const group of analyticsGroups) {
			expect(filtersOf(group, "a/b")).toBeDefined();
			expect(filtersOf(group, null)).toBeUndefined();
		}
	});
});
