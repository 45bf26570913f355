import * as z from "zod";
import type { Finding, TextSegment } from "../../contract/verdict.ts";
import { nothingFound } from "../../contract/verdict.ts";
import type { AnswerInspector } from "../define-guard.ts";
import { defineGuard } from "../define-guard.ts";
import type { LoopDetector } from "./loop-detector.ts";
import { createLoopDetector } from "./loop-detector.ts";

const config = z.strictObject({
	action: z.enum(["flag", "cut"]).default("cut").meta({
		title: "An answer in a loop",
		description:
			"Record it, or cut it: a stream ends with the finish reason content_filter, a whole answer keeps the beginning of what it repeats.",
	}),
	charactersMin: z.int().min(500).max(100_000).default(4000).meta({
		title: "Nothing but repetition for",
		description: "Twice as much where only a few characters repeat.",
		unit: "characters",
	}),
	repeatsMin: z.int().min(4).max(1000).default(12).meta({ title: "Repetitions at least" }),
});

/** Answers that repeat themselves without end, which costs until the token limit and helps nobody. */
export const guard = defineGuard({
	id: "degenerate-loop",
	title: "Endless repetition",
	summary: "Cuts an answer that says the same over and over.",
	phases: ["answer"],
	defaultMode: "enforce",
	rules: [
		{
			id: "repetition",
			title: "Endless repetition",
			category: "degenerate-answer",
			severity: "low",
		},
	],
	// Nothing waits: what repeats is known already.
	holdBackMax: 0,
	config,
	create: (settings) => ({ openAnswer: () => watchAnswer(settings) }),
});

/** What one answer said so far, run by run. */
function watchAnswer(settings: z.infer<typeof config>): AnswerInspector {
	const runs = new Map<string, Watched>();
	return {
		inspect: (segments) => {
			const findings = segments.flatMap((segment, index) => {
				const watched = watchedFor(runs, segment, settings);
				return inLoop(watched, segment) ? [findingIn(watched, segment, { index, settings })] : [];
			});
			return findings.length === 0 ? nothingFound : { findings };
		},
		holdFrom: (text) => text.length,
	};
}

interface Watched {
	readonly detector: LoopDetector;
	isFound: boolean;
}

function watchedFor(
	runs: Map<string, Watched>,
	{ run }: TextSegment,
	settings: z.infer<typeof config>,
): Watched {
	const known = run === undefined ? undefined : runs.get(run.id);
	if (known !== undefined) return known;
	const watched = { detector: createLoopDetector(settings), isFound: false };
	if (run !== undefined) runs.set(run.id, watched);
	return watched;
}

/** True once per run: what comes after a loop that was only recorded is not looked at again. */
function inLoop(watched: Watched, { text, run }: TextSegment): boolean {
	if (watched.isFound) return false;
	const fresh = run === undefined || run.freshFrom === 0 ? text : text.slice(run.freshFrom);
	if (fresh === "") return false;
	watched.isFound = watched.detector.add(fresh);
	return watched.isFound;
}

interface Where {
	readonly index: number;
	readonly settings: z.infer<typeof config>;
}

function findingIn({ detector }: Watched, { text, run }: TextSegment, where: Where): Finding {
	const shared = { rule: "repetition", segment: where.index, score: 1 };
	const isFlag = where.settings.action === "flag";
	const isWhole = run === undefined || (run.isComplete && run.freshFrom === 0 && run.before === "");
	if (!isWhole) {
		// What left cannot be taken back; whatever follows is dropped.
		return { ...shared, start: 0, end: text.length, action: isFlag ? "flag" : "block" };
	}
	const start = Math.min(detector.loopFrom(), text.length);
	if (isFlag) return { ...shared, start, end: text.length, action: "flag" };
	const keep = Math.min(start + 400, detector.loopTo());
	return {
		...shared,
		start: keep,
		end: loopEnd(text, keep, detector),
		action: "redact",
		replacement: " […]",
	};
}

/** The repetition goes on after the point at which it was certain. */
function loopEnd(text: string, keep: number, detector: LoopDetector): number {
	const certain = detector.loopTo();
	const sample = text.slice(Math.max(0, certain - 256), certain);
	return Math.max(keep, text.lastIndexOf(sample) + sample.length);
}
