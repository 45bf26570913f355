import { describe, expect, it } from "vitest";
import type { TextSegment } from "../contract/verdict.ts";
import type { Steps } from "../text/take-turns.ts";
import { turnMs } from "../text/take-turns.ts";
import type { SteppedDetector, TextJudgement } from "./detector.ts";
import { createSegmentJudge } from "./judge-segments.ts";

const { signal } = new AbortController();

function segment(text: string, source: TextSegment["source"] = "user"): TextSegment {
	return { source, text, path: [] };
}

/** Finds the word "attack", and writes down how much it was given. */
function recordingDetector() {
	const lengths: number[] = [];
	// biome-ignore lint/correctness/useYield: it is done in one step
	const detect: SteppedDetector = function* detect(text): Steps<TextJudgement> {
		lengths.push(text.length);
		const start = text.indexOf("attack");
		const score = start === -1 ? 0.1 : 0.9;
		const evidence = start === -1 ? [] : [{ rule: "X", start, end: start + 6, encodings: [] }];
		return { score, raw: 0, kind: "english", evidence };
	};
	return { detect, lengths };
}

const filler = "word ".repeat(40_000);

describe("createSegmentJudge", () => {
	it("judges short texts at once", () => {
		const { judge } = createSegmentJudge({ detect: recordingDetector().detect });
		const judged = judge([segment("fine"), segment("an attack")], { tenant: "a", signal });
		expect(judged).toEqual([
			{ score: 0.1, evidence: [] },
			{ score: 0.9, evidence: [{ rule: "X", start: 3, end: 9, encodings: [] }] },
		]);
	});

	it("places what a later slice contains in the whole text", async () => {
		const { judge } = createSegmentJudge({ detect: recordingDetector().detect });
		const [judged] = await judge([segment(`${filler}attack${filler}`)], { tenant: "a", signal });
		expect(judged?.evidence[0]).toMatchObject({ start: filler.length, end: filler.length + 6 });
	});

	it("lets others have a turn when it has taken long enough", async () => {
		const { detect, lengths } = recordingDetector();
		const judged = () => lengths.reduce((sum, length) => sum + length, 0);
		const charsPerMs = 10_000;
		const { judge } = createSegmentJudge({ detect, now: () => judged() / charsPerMs });
		const body = Array.from({ length: 5 }, (_, index) =>
			segment(`${index} ${filler.slice(0, 100_000)}`),
		);
		const totals = [0];
		const work = { isOver: false };
		const all = Promise.resolve(judge(body, { tenant: "a", signal })).then(() => {
			work.isOver = true;
		});
		while (!work.isOver) {
			totals.push(judged());
			await new Promise(setImmediate);
		}
		await all;
		totals.push(judged());
		const steps = totals.map((total, index) => total - (totals[index - 1] ?? 0));
		expect(totals.at(-1)).toBeGreaterThan(500_000);
		expect(Math.max(...steps)).toBeLessThanOrEqual(turnMs * charsPerMs + 8192);
		expect(Math.max(...lengths)).toBeLessThanOrEqual(34_000);
	});

	it("does not judge the history of a conversation again", async () => {
		const { detect, lengths } = recordingDetector();
		const { judge } = createSegmentJudge({ detect });
		const history = [segment("first question ".repeat(20)), segment("answer ".repeat(20))];
		const first = await judge(history, { tenant: "a", signal });
		const again = await judge([...history, segment("next ".repeat(20))], { tenant: "a", signal });
		expect(lengths).toHaveLength(3);
		expect(again.slice(0, 2)).toEqual(first);
	});

	it("remembers for one tenant and one place in the conversation only", async () => {
		const { detect, lengths } = recordingDetector();
		const { judge } = createSegmentJudge({ detect });
		const text = "the same text ".repeat(20);
		await judge([segment(text)], { tenant: "a", signal });
		await judge([segment(text)], { tenant: "b", signal });
		await judge([segment(text, "tool-result")], { tenant: "a", signal });
		expect(lengths).toHaveLength(3);
	});

	it("forgets the oldest when it remembers enough", async () => {
		const { detect, lengths } = recordingDetector();
		const { judge } = createSegmentJudge({ detect, rememberedMax: 2 });
		for (const text of ["a", "b", "c", "a"]) {
			await judge([segment(text.repeat(100))], { tenant: "a", signal });
		}
		expect(lengths).toHaveLength(4);
	});

	it("stops when the caller hung up", async () => {
		const { detect, lengths } = recordingDetector();
		const { judge } = createSegmentJudge({ detect, now: () => lengths.length * turnMs });
		const caller = new AbortController();
		const judged = judge([segment(filler)], { tenant: "a", signal: caller.signal });
		caller.abort();
		await expect(judged).rejects.toThrow();
		expect(lengths.length).toBeLessThan(4);
	});
});
