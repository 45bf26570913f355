import { expect, it } from "vitest";
import { choicesOf } from "./filter-choices.ts";

it("offers what is in the catalogue and what was asked for, once each and sorted", () => {
	const rows = [
		{ requestedModel: "fast", provider: "b", model: "x", ip: "10.0.0.9" },
		{ requestedModel: "b/x", provider: "b", model: "x", ip: "10.0.0.10" },
		{ requestedModel: null, provider: null, model: null, ip: "10.0.0.9" },
	];
	expect(choicesOf(rows, [{ id: "a/y", provider: "a" }])).toEqual({
		models: ["a/y", "b/x", "fast"],
		providers: ["a", "b"],
		ips: ["10.0.0.9", "10.0.0.10"],
	});
});
