import { describe, expect, it } from "vitest";
import type { SegmentSource } from "../../contract/verdict.ts";
import { configuredGuard, testView } from "../../testing/guards.ts";
import texts from "./__fixtures__/hard-ordinary-texts.json" with { type: "json" };
import { guard } from "./guard.ts";

/** What happens to honest texts in the words of attacks: questions, roles, documents, code. */
async function actions() {
	const { inspectRequest } = configuredGuard(guard).inspector;
	if (inspectRequest === undefined) throw new Error("The guard does not look at requests.");
	return Promise.all(
		texts.map(async ({ source, text }) => {
			const segments = [{ source: source as SegmentSource, text, path: [] }];
			const { findings } = await inspectRequest(segments, testView());
			return { text, action: findings[0]?.action };
		}),
	);
}

describe("ordinary texts in the words of attacks", () => {
	it("are seldom refused", async () => {
		const refused = (await actions()).filter(({ action }) => action === "block");
		expect(refused.length / texts.length, JSON.stringify(refused)).toBeLessThanOrEqual(0.03);
	});

	it("are mostly not even flagged", async () => {
		const flagged = (await actions()).filter(({ action }) => action !== undefined);
		expect(flagged.length / texts.length, JSON.stringify(flagged)).toBeLessThanOrEqual(0.12);
	});
});
