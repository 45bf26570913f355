import * as z from "zod";
import type { Finding, TextSegment, Verdict } from "../../contract/verdict.ts";
import { findingActions, nothingFound } from "../../contract/verdict.ts";
import { defineGuard } from "../define-guard.ts";
import type { CanarySearch } from "./canary.ts";
import { canaryOf, createCanarySearch } from "./canary.ts";
import type { OverlapJudge, PromptShelf } from "./overlap.ts";
import { createOverlapJudge, createPromptShelf } from "./overlap.ts";

const config = z.strictObject({
	plantCanary: z.boolean().default(false).meta({
		title: "Mark system prompts",
		description:
			"Adds a mark to the end of the first system prompt. An answer that holds it, plain, spaced out or encoded, gives the prompt away.",
	}),
	canaryAction: z.enum(findingActions).default("block").meta({ title: "The mark in an answer" }),
	overlapAction: z.enum(findingActions).default("flag").meta({
		title: "Words of the system prompt in an answer",
	}),
	wordsMin: z.int().min(8).max(200).default(16).meta({
		title: "Words in a row",
		description: "So many words as they stand in the system prompt, and not in what else was sent.",
	}),
	promptWordsMin: z.int().min(0).max(10_000).default(24).meta({
		title: "Shortest system prompt",
		description: "Shorter prompts are not compared.",
		unit: "words",
	}),
	replacement: z.string().max(500).default("[withheld]").meta({
		title: "Replacement",
		description: "What stands in the place of a redacted text.",
	}),
});

/** Answers that give the system prompt away, found by a planted mark or by its own words. */
export const guard = defineGuard({
	id: "prompt-leak",
	title: "System prompt leak",
	summary: "Finds a request's system prompt in its answer.",
	phases: ["request", "answer"],
	defaultMode: "enforce",
	rules: [
		{
			id: "canary",
			title: "The mark of a system prompt",
			category: "prompt-extraction",
			severity: "high",
		},
		{
			id: "system-prompt-words",
			title: "Many words of the system prompt in a row",
			category: "prompt-extraction",
			severity: "medium",
		},
	],
	holdBackMax: 1024,
	config,
	create: (settings) => {
		const shelf: PromptShelf = createPromptShelf();
		return {
			inspectRequest: (segments, request) =>
				settings.plantCanary ? planted(segments, canaryOf(request)) : nothingFound,
			openAnswer: (request) => {
				const overlap = createOverlapJudge({ request, shelf, settings });
				const canary =
					settings.plantCanary && request.segments.some(({ source }) => source === "system")
						? createCanarySearch(canaryOf(request))
						: undefined;
				if (overlap === undefined && canary === undefined) return silent;
				return {
					inspect: (segments) => judge(segments, { canary, overlap, settings }),
					holdFrom: (text, _source, run) => {
						const before = run?.before ?? "";
						const fromWords = overlap?.openAt(text, before) ?? text.length;
						return Math.min(fromWords, markMayBeginAt(text, before, canary));
					},
				};
			},
		};
	},
});

const silent = { inspect: () => nothingFound, holdFrom: (text: string) => text.length };

/** What of the mark can have left before it is waited for, with the gaps between. */
const canaryReach = 64;

function planted(segments: readonly TextSegment[], canary: string): Verdict {
	const segment = segments.findIndex(({ source }) => source === "system");
	const text = segments[segment]?.text;
	if (text === undefined || text.trim() === "") return nothingFound;
	const replacement = `\n\n(internal reference ${canary})`;
	return { findings: [], edits: [{ segment, start: text.length, end: text.length, replacement }] };
}

function markMayBeginAt(text: string, before: string, canary: CanarySearch | undefined): number {
	if (canary === undefined) return text.length;
	const near = before.slice(-canaryReach);
	return Math.max(0, canary.openAt(near + text) - near.length);
}

interface Judge {
	readonly canary: CanarySearch | undefined;
	readonly overlap: OverlapJudge | undefined;
	readonly settings: z.infer<typeof config>;
}

function judge(segments: readonly TextSegment[], { canary, overlap, settings }: Judge): Verdict {
	const findings: Finding[] = [];
	for (const [segment, { text, run }] of segments.entries()) {
		const before = run?.before ?? "";
		const shared = { segment, score: 1, replacement: settings.replacement };
		const near = before.slice(-canaryReach);
		for (const { start, end } of canary?.find(near + text) ?? []) {
			if (end <= near.length) continue;
			const place = { start: Math.max(0, start - near.length), end: end - near.length };
			findings.push({ ...shared, ...place, rule: "canary", action: settings.canaryAction });
		}
		const action = settings.overlapAction;
		const goesOn = run?.isComplete === false;
		for (const place of overlap?.find(text, { before, goesOn }) ?? []) {
			findings.push({ ...shared, ...place, rule: "system-prompt-words", action });
		}
	}
	return findings.length === 0 ? nothingFound : { findings };
}
