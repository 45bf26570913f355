import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settingsSchema } from "../contract/settings.ts";
import type { Caller } from "../pipeline/context.ts";
import { route, snapshot, target } from "./__fixtures__/targets.ts";
import { planRoute } from "./plan-route.ts";
import { resolveName } from "./resolve-name.ts";
import type { Choice } from "./route.ts";
import { captureOf } from "./wildcard.ts";

const all = ["openai/gpt-4o", "azure/gpt-4o", "openai/gpt-5", "mistral/large", "local/llama"];
const targets = all.map((id) => target(id));
const anybody: Caller = { kind: "console", userId: "u" };
const key = (allowedModels: readonly string[]): Caller => ({
	kind: "key",
	keyId: "k",
	ownerId: null,
	teamId: null,
	allowedModels,
	allowedEndpoints: [],
	requestsPerMinute: null,
});
const ids = (choices: readonly Choice[]) => choices.map((choice) => choice.target.id);
function names(
	routes: Parameters<typeof snapshot>[1],
	model: string,
	caller: Caller = anybody,
): readonly string[] {
	return ids(planRoute(snapshot(targets, routes), caller, model).choices);
}

describe("names", () => {
	it("stand for one target, a model at every provider, or a route's targets", () => {
		const fast = route("fast", ["gpt-5", "mistral/large", "gone/x"]);
		expect(names([], "openai/gpt-4o")).toEqual(["openai/gpt-4o"]);
		expect(names([], "gpt-4o")).toEqual(["openai/gpt-4o", "azure/gpt-4o"]);
		expect(names([fast], "fast")).toEqual(["openai/gpt-5", "mistral/large"]);
	});

	it("of a route come before a model's, and before a target's only when they are the same", () => {
		expect(names([route("gpt-4o", ["local/llama"])], "gpt-4o")).toEqual(["local/llama"]);
		expect(names([route("gpt-4o", ["local/llama"])], "azure/gpt-4o")).toEqual(["azure/gpt-4o"]);
		expect(names([route("azure/*", ["local/llama"])], "azure/gpt-4o")).toEqual(["azure/gpt-4o"]);
		expect(names([route("azure/gpt-4o", ["local/llama"])], "azure/gpt-4o")).toEqual([
			"local/llama",
		]);
	});

	it("with a pattern take what it matched, the most specific pattern that leads somewhere first", () => {
		const routes = [
			route("*", ["local/llama"]),
			route("gpt-*", ["openai/gpt-*", "azure/gpt-*"]),
			route("gpt-4*", ["nowhere/gpt-4*"]),
		];
		expect(names(routes, "gpt-4o")).toEqual(["openai/gpt-4o", "azure/gpt-4o"]);
		expect(names(routes, "gpt-5")).toEqual(["openai/gpt-5"]);
		expect(names(routes, "gpt-unheard-of")).toEqual(["local/llama"]);
		expect(names([route("old/*", ["openai/*"])], "old/gpt-5")).toEqual(["openai/gpt-5"]);
	});

	it("never let what a pattern matched be read as a replacement", () => {
		expect(resolveName(snapshot(targets, [route("x-*", ["openai/*"])]), "x-$&")).toBeUndefined();
	});

	it("share an entry's weight among a model's providers and add up for a target named twice", () => {
		const mixed = {
			...route("mix", []),
			entries: [
				{ target: "gpt-4o", weight: 10 },
				{ target: "azure/gpt-4o", weight: 1 },
			],
		};
		const { choices } = planRoute(snapshot(targets, [mixed]), anybody, "mix");
		expect(choices.map(({ weight }) => weight)).toEqual([5, 6]);
	});

	it("that mean nothing, or a route without any target in use, are refused", () => {
		const missing = () => names([], "nobody");
		expect(missing).toThrow(expect.objectContaining({ code: "route.unknown_model" }));
		const empty = () => names([route("empty", ["gone/x"])], "empty");
		expect(empty).toThrow(expect.objectContaining({ code: "route.no_target" }));
	});
});

describe("a pattern", () => {
	it("captures what it needs to give the name back", () => {
		const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "-"), maxLength: 6 });
		fc.assert(
			fc.property(text, text, text, (before, after, name) => {
				const found = captureOf(`${before}*${after}`, name);
				if (found !== undefined) {
					expect(found).not.toBe("");
					expect(`${before}${found}${after}`).toBe(name);
				}
				if (name !== "")
					expect(captureOf(`${before}*${after}`, `${before}${name}${after}`)).toBe(name);
			}),
		);
	});
});

describe("a key", () => {
	const fast = route("fast", ["openai/gpt-5", "mistral/large"], {
		fallbacks: { error: ["local/llama"], "context-window": [], "content-policy": [] },
	});

	it("that may use a route's name may use its targets and fallbacks", () => {
		const plan = planRoute(snapshot(targets, [fast]), key(["fast"]), "fast");
		expect(ids(plan.choices)).toEqual(["openai/gpt-5", "mistral/large"]);
		expect(ids(plan.fallbacks.error)).toEqual(["local/llama"]);
		expect(() => names([fast], "local/llama", key(["fast"]))).toThrow(
			expect.objectContaining({ code: "access.model_denied" }),
		);
	});

	it("that may use some targets gets only those, in fallbacks too", () => {
		const plan = planRoute(snapshot(targets, [fast]), key(["mistral/*"]), "fast");
		expect(ids(plan.choices)).toEqual(["mistral/large"]);
		expect(plan.fallbacks.error).toEqual([]);
	});

	it("that may use none of a route's targets is not told whether there are any", () => {
		const denied = expect.objectContaining({ code: "access.model_denied" });
		expect(() => names([fast], "fast", key(["local/*"]))).toThrow(denied);
		expect(() => names([route("empty", ["gone/x"])], "empty", key(["local/*"]))).toThrow(denied);
	});
});

describe("fallbacks", () => {
	it("follow routes, models and targets in order, each once, and cut cycles", () => {
		const chain = (error: readonly string[]) => ({
			fallbacks: { error, "context-window": [], "content-policy": [] },
		});
		const routes = [
			route("a", ["openai/gpt-5"], chain(["b", "gpt-4o", "a"])),
			route("b", ["mistral/large"], chain(["a", "b", "local/llama", "openai/gpt-4o", "nobody"])),
		];
		const plan = planRoute(snapshot(targets, routes), anybody, "a");
		expect(ids(plan.fallbacks.error)).toEqual([
			"mistral/large",
			"local/llama",
			"openai/gpt-4o",
			"azure/gpt-4o",
		]);
	});

	it("are kept apart by reason, and retries come from the route or from the settings", () => {
		const settings = settingsSchema.parse({ routing: { retries: 4 } });
		const one = route("one", ["openai/gpt-5"], {
			retries: null,
			fallbacks: {
				error: [],
				"context-window": ["mistral/large"],
				"content-policy": ["local/llama"],
			},
		});
		const state = snapshot(targets, [one], { settings });
		const plan = planRoute(state, anybody, "one");
		expect(plan.retries).toBe(4);
		expect(ids(plan.fallbacks["context-window"])).toEqual(["mistral/large"]);
		expect(ids(plan.fallbacks["content-policy"])).toEqual(["local/llama"]);
		expect(plan.fallbacks.error).toEqual([]);
	});
});
