import { describe, expect, it } from "vitest";
import { configuredGuard, testView } from "../../testing/guards.ts";
import { shortPrompts } from "./__fixtures__/short-prompts.ts";
import { guard } from "./guard.ts";

/** What happens to each prompt when it is all that a caller says. */
async function actions() {
	const { inspectRequest } = configuredGuard(guard).inspector;
	if (inspectRequest === undefined) throw new Error("The guard does not look at requests.");
	return Promise.all(
		shortPrompts.map(async (text) => {
			const segments = [{ source: "user" as const, text, path: [] }];
			const { findings } = await inspectRequest(segments, testView());
			return { text, action: findings[0]?.action };
		}),
	);
}

describe("short ordinary prompts", () => {
	it("are many and different", () => {
		expect(new Set(shortPrompts).size).toBe(shortPrompts.length);
		expect(shortPrompts.length).toBeGreaterThanOrEqual(150);
	});

	it("are never refused", async () => {
		const refused = (await actions()).filter(({ action }) => action === "block");
		expect(refused).toEqual([]);
	});

	it("are hardly ever flagged", async () => {
		const flagged = (await actions()).filter(({ action }) => action !== undefined);
		expect(flagged.length / shortPrompts.length, JSON.stringify(flagged)).toBeLessThanOrEqual(0.02);
	});
});
