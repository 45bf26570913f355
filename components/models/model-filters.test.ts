import { describe, expect, test } from "vitest";
import type { Model } from "../../lib/contracts/models.ts";
import { filterModels, retirementOf } from "./model-filters.ts";

const model = (id: string, changes: Partial<Model> = {}): Model => ({
	id,
	provider: id.slice(0, id.indexOf("/")),
	providerTitle: "Acme",
	kind: "openai",
	model: id.slice(id.indexOf("/") + 1),
	price: { inputMicroUsd: 1, outputMicroUsd: 1 },
	override: null,
	traits: { purpose: "chat", capabilities: ["tools"] },
	callers: null,
	...changes,
});
const all = {
	search: "",
	provider: undefined,
	purpose: undefined,
	capability: undefined,
	isUnpriced: false,
};
const models = [
	model("one/small"),
	model("two/large", { price: null, traits: null }),
	model("two/ears", { traits: { purpose: "transcription", capabilities: ["audio"] } }),
];
const ids = (filter: object) => filterModels(models, { ...all, ...filter }).map(({ id }) => id);

describe("filtering models", () => {
	test("keeps all without a filter", () => {
		expect(ids({})).toHaveLength(3);
	});

	test("finds every word somewhere in the name or the provider", () => {
		expect(ids({ search: "ACME two" })).toEqual(["two/large", "two/ears"]);
		expect(ids({ search: "two small" })).toEqual([]);
	});

	test("narrows by provider, purpose, capability and missing prices", () => {
		expect(ids({ provider: "one" })).toEqual(["one/small"]);
		expect(ids({ purpose: "transcription" })).toEqual(["two/ears"]);
		expect(ids({ capability: "tools" })).toEqual(["one/small"]);
		expect(ids({ isUnpriced: true })).toEqual(["two/large"]);
	});
});

describe("retirement", () => {
	const on = (retiresOn: string) => ({ purpose: "chat" as const, capabilities: [], retiresOn });
	const now = Date.parse("2026-11-22T12:00:00Z");

	test("says when a model is gone or goes within a quarter", () => {
		expect(retirementOf(on("2026-11-22"), now)).toBe("retired");
		expect(retirementOf(on("2027-01-31"), now)).toBe("retires soon");
		expect(retirementOf(on("2027-06-30"), now)).toBeUndefined();
		expect(retirementOf(null, now)).toBeUndefined();
	});
});
