import { describe, expect, it } from "vitest";
import { usedEndpoint } from "./__fixtures__/endpoint.ts";
import { countByHealth, filterEndpoints } from "./endpoint-filters.ts";

const off = { ...usedEndpoint, target: "groq/llama", provider: "groq", isEnabled: false };
const routed = { ...usedEndpoint, target: "openai/gpt-5-mini", routes: ["fast"] };
const all = [usedEndpoint, off, routed];
const none = { search: "", provider: undefined, health: undefined };

describe("the filters of the endpoints", () => {
	it("keep everything while nothing is chosen", () => {
		expect(filterEndpoints(all, none)).toEqual(all);
	});

	it("look for every word in names of targets, providers and routes", () => {
		expect(filterEndpoints(all, { ...none, search: "OPENAI mini" })).toEqual([routed]);
		expect(filterEndpoints(all, { ...none, search: "fast" })).toEqual([routed]);
	});

	it("choose by provider and by health", () => {
		expect(filterEndpoints(all, { ...none, provider: "groq" })).toEqual([off]);
		expect(filterEndpoints(all, { ...none, health: "ok" })).toEqual([usedEndpoint, routed]);
	});
});

it("the counts have the states that occur", () => {
	expect([...countByHealth(all)]).toEqual([
		["ok", 2],
		["off", 1],
	]);
});
