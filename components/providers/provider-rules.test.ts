import { describe, expect, it } from "vitest";
import { freeId, rulesFor } from "./provider-rules.ts";

const admin = { mayWrite: true, mayDelete: true };

describe("rulesFor", () => {
	it("lets an administrator do everything with a provider of the console", () => {
		expect(rulesFor({ origin: "console" }, admin)).toEqual({
			mayEditSettings: true,
			mayEditModels: true,
			mayRemove: true,
			because: undefined,
			removeBecause: undefined,
		});
	});

	it("keeps settings of the environment fixed and says why", () => {
		const rules = rulesFor({ origin: "environment" }, admin);
		expect([rules.mayEditSettings, rules.mayEditModels, rules.mayRemove]).toEqual([
			false,
			true,
			false,
		]);
		expect(rules.because).toContain("environment");
	});

	it("never removes what is built in", () => {
		expect(rulesFor({ origin: "built-in" }, admin).mayRemove).toBe(false);
	});

	it("gives everybody else a reason", () => {
		const viewer = rulesFor({ origin: "console" }, { mayWrite: false, mayDelete: false });
		expect([viewer.mayEditSettings, viewer.mayEditModels, viewer.mayRemove]).toEqual([
			false,
			false,
			false,
		]);
		expect(viewer.because).toBeDefined();
		expect(viewer.removeBecause).toContain("administrator");
	});
});

describe("freeId", () => {
	it("is the kind's name until that is taken", () => {
		expect(freeId("openai", new Set())).toBe("openai");
		expect(freeId("openai", new Set(["simulator"]))).toBe("openai");
		expect(freeId("openai", new Set(["openai"]))).toBe("openai-2");
		expect(freeId("openai", new Set(["openai", "openai-2"]))).toBe("openai-3");
		expect(freeId("openai", new Set(["openai", "openai-3"]))).toBe("openai-2");
	});
});
