import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuredGuard } from "../../testing/guards.ts";
import { cutAt, judged, streamed } from "../../testing/judge-answer-text.ts";
import { guard } from "./guard.ts";

const loop = configuredGuard(guard);
const beginning = "Here is what I found about the history of tea in Europe.\n";

const loops: readonly (readonly [name: string, text: string])[] = [
	["one line", "I will try to answer the question again.\n".repeat(300)],
	["one sentence without line breaks", "The answer is that the answer depends. ".repeat(300)],
	[
		"a long paragraph",
		`${Array.from({ length: 60 }, (_, index) => `word${index * 7}`).join(" ")}. `.repeat(40),
	],
	[
		"a few lines in changing order",
		Array.from(
			{ length: 300 },
			(_, index) =>
				[
					"Let me check that once more.",
					"I am not sure about this one.",
					"Wait, that is not quite right.",
				][(index * index + index) % 3 === 0 ? (index >> 2) % 3 : index % 2],
		).join("\n"),
	],
	["a few characters", "ab".repeat(6000)],
	["one character", "a".repeat(10_000)],
];

describe("the degenerate-loop guard", () => {
	it.each(loops)("cuts a stream that repeats %s, and nothing follows", async (_name, text) => {
		const { isBlocked, left, findings } = await streamed(
			loop,
			(beginning + text).match(/[\s\S]{1,7}/g) ?? [],
		);
		expect(isBlocked).toBe(true);
		expect(findings).toMatchObject([{ rule: "repetition", action: "block" }]);
		const sent = left.join("");
		expect(sent.length).toBeLessThan(beginning.length + text.length);
		expect((beginning + text).startsWith(sent)).toBe(true);
	});

	it.each(loops)("leaves the beginning of a whole answer that repeats %s", async (_name, text) => {
		const whole = await judged(loop, `${beginning}${text}`);
		expect(whole.isBlocked).toBe(false);
		expect(whole.text.startsWith(beginning)).toBe(true);
		expect(whole.text.length).toBeLessThan(1500);
		expect(whole.findings).toMatchObject([{ rule: "repetition", action: "redact" }]);
	});

	it("finds a loop at the same place, however the stream is cut", async () => {
		const text = beginning + loops[0]?.[1];
		const flagging = configuredGuard(guard, { action: "flag" });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 60 }), async (cuts) => {
				const { findings, text: sent } = await streamed(flagging, cutAt(text, cuts));
				expect([findings.length, sent === text]).toEqual([1, true]);
			}),
			{ numRuns: 60 },
		);
	});

	it.each([
		["a table of zeros", "| 0 | 0 | 0 | 0 |\n".repeat(150)],
		["a sentence written a hundred times, as asked", "I will not talk in class.\n".repeat(100)],
		[
			"generated rows",
			Array.from({ length: 400 }, (_, index) => `user${index}@example.com,${index * 37}`).join(
				"\n",
			),
		],
		[
			"a song with a refrain",
			Array.from(
				{ length: 30 },
				(_, index) =>
					`Verse ${index} is about day ${index * 3} of the year.\nAnd the wind blows over the sea, over the sea.`,
			).join("\n"),
		],
		[
			"code with the same lines",
			Array.from(
				{ length: 200 },
				(_, index) => `  case ${index}:\n    return handle(state, event);`,
			).join("\n"),
		],
		["a ruler", "-".repeat(3000)],
	])("lets %s pass", async (_name, text) => {
		const { isBlocked, findings } = await streamed(loop, text.match(/[\s\S]{1,5}/g) ?? []);
		expect([isBlocked, findings]).toEqual([false, []]);
		expect((await judged(loop, text)).findings).toEqual([]);
	});
});
