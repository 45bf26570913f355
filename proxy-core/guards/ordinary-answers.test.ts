import { describe, expect, it } from "vitest";
import { configuredGuard } from "../testing/guards.ts";
import { askedOf, judged, streamed } from "../testing/judge-answer-text.ts";
import { ordinaryAnswers } from "../testing/ordinary-answers.ts";
import { guard as answerPersonalData } from "./answer-personal-data/guard.ts";
import type { AnyGuard } from "./define-guard.ts";
import { guard as degenerateLoop } from "./degenerate-loop/guard.ts";
import { guard as exfiltration } from "./exfiltration/guard.ts";
import { guard as hiddenText } from "./hidden-text/guard.ts";
import { guard as packageNames } from "./package-names/guard.ts";
import { guard as promptLeak } from "./prompt-leak/guard.ts";
import { guard as unsafeLinks } from "./unsafe-links/guard.ts";

const guards: readonly AnyGuard[] = [
	promptLeak,
	exfiltration,
	unsafeLinks,
	hiddenText,
	degenerateLoop,
	packageNames,
	answerPersonalData,
];

const view = askedOf({
	system:
		"You are the assistant of a software shop. Answer questions about code, travel and food in a friendly tone. " +
		"Use short sentences. Explain technical words. Never give legal advice, and send people to the support page when they complain about an order.",
	user: "Please help me with this.",
});

describe.each(guards)("$id", (guard) => {
	const compiled = configuredGuard(guard);

	it("objects to no ordinary answer", async () => {
		const objections: unknown[] = [];
		for (const text of ordinaryAnswers) {
			const result = await judged(compiled, text, view);
			if (result.findings.length > 0) {
				const found = result.findings.map(({ rule, start, end }) => [rule, text.slice(start, end)]);
				objections.push(found);
			}
		}
		expect(objections).toEqual([]);
	});

	it("lets every ordinary answer through a stream of words unchanged", async () => {
		for (const text of ordinaryAnswers) {
			const result = await streamed(compiled, text.match(/\s*\S+|\s+$/g) ?? [text], view);
			expect(result.text).toBe(text);
			expect(result.findings).toEqual([]);
		}
	});

	it("never holds the words of a sentence back", async () => {
		const words =
			"The gateway lets every word of an ordinary answer leave at once, which is how it should be.".match(
				/\s*\S+/g,
			) ?? [];
		const { left } = await streamed(compiled, words, view);
		expect(left).toEqual([...words, ""]);
	});
});
