import * as z from "zod";
import type { Finding, FindingAction, TextSegment, Verdict } from "../../contract/verdict.ts";
import { findingActions, nothingFound } from "../../contract/verdict.ts";
import type { GuardRule } from "../define-guard.ts";
import { defineGuard } from "../define-guard.ts";
import type { HiddenRule } from "./find-hidden.ts";
import { findHidden, hiddenMayBeginAt, hiddenWindow } from "./find-hidden.ts";

const rules: readonly (GuardRule & { readonly id: HiddenRule })[] = [
	rule("tag-characters", "Text written in invisible tag characters", "high"),
	rule("variation-selectors", "Bytes carried by variation selectors", "high"),
	rule("zero-width", "Characters without width between letters or in a row", "medium"),
	rule("bidi-override", "Marks that turn the order of a text round", "high"),
	rule("invisible-letter", "Letters that show nothing", "medium"),
	rule("terminal-escape", "Control characters that a terminal obeys", "medium"),
];

/**
 * Text that people do not see and machines read. Emoji sequences, flags, joiners of Indic, Arabic and
 * South-East Asian scripts, and marks of direction in right-to-left text are what they are for.
 */
export const guard = defineGuard({
	id: "hidden-text",
	title: "Hidden text",
	summary: "Removes invisible characters that carry text, and those that disguise code.",
	phases: ["request", "answer"],
	defaultMode: "enforce",
	rules,
	holdBackMax: hiddenWindow,
	config: z.strictObject({
		answerAction: z.enum(findingActions).default("redact").meta({
			title: "In an answer",
			description: "A redaction removes the invisible characters and nothing else.",
		}),
		requestAction: z
			.enum(["ignore", ...findingActions])
			.default("flag")
			.meta({
				title: "In a request",
			}),
	}),
	create: ({ answerAction, requestAction }) => ({
		inspectRequest: (segments) =>
			requestAction === "ignore" ? nothingFound : verdictOn(segments, requestAction),
		openAnswer: () => ({
			inspect: (segments) => verdictOn(segments, answerAction),
			holdFrom: hiddenMayBeginAt,
		}),
	}),
});

function rule<Id extends HiddenRule>(id: Id, title: string, severity: "medium" | "high") {
	return { id, title, category: "obfuscation", severity } as const;
}

function verdictOn(segments: readonly TextSegment[], action: FindingAction): Verdict {
	let findings: Finding[] | undefined;
	for (let segment = 0; segment < segments.length; segment += 1) {
		const { text = "", run } = segments[segment] ?? {};
		const goesOn = run?.isComplete === false;
		for (const hidden of findHidden(text, run?.before)) {
			// At the end of what is there, the next character decides.
			if (goesOn && action === "block" && hidden.end > hiddenMayBeginAt(text)) continue;
			findings ??= [];
			findings.push({ ...hidden, segment, score: 1, action, replacement: "" });
		}
	}
	return findings === undefined ? nothingFound : { findings };
}
