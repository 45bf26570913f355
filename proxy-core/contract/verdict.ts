/** What a guard or a stage decided about a request or an answer, mildest first. */
export const verdictActions = ["allow", "flag", "redact", "block"] as const;
export type VerdictAction = (typeof verdictActions)[number];

/** Where in a conversation a text stands; trust and scope of rules follow from it. */
export const segmentSources = [
	"system",
	"user",
	"assistant",
	"tool-call",
	"tool-result",
	"tool-description",
	"metadata",
	"answer",
	"answer-reasoning",
	"answer-tool-call",
] as const;
export type SegmentSource = (typeof segmentSources)[number];

export interface TextSegment {
	readonly source: SegmentSource;
	readonly text: string;
	/** Keys and indexes from the root of the body to this leaf; empty for answers. */
	readonly path: readonly (string | number)[];
	/** Its provider has proven every letter of it: an edit would make the provider refuse it. */
	readonly isSealed?: true;
	/** Of a conversation's answer: what else is known of the run that the text is a part of. */
	readonly run?: AnswerRun;
}

/** One run of text of an answer: a choice's text, its reasoning, or one tool call's arguments. */
export interface AnswerRun {
	/** Unique within the answer. */
	readonly id: string;
	/** The last characters of the run that left before the text, at most `beforeMax`, as they left. */
	readonly before: string;
	/** Where in the text begins what was not shown before. */
	readonly freshFrom: number;
	/** The run ends where the text does. */
	readonly isComplete: boolean;
}

/** What a guard wants done about a finding. */
export const findingActions = ["flag", "redact", "block"] as const;
export type FindingAction = (typeof findingActions)[number];

/** A rule that matched. Offsets are UTF-16 code units within the segment's text. */
export interface Finding {
	readonly rule: string;
	readonly segment: number;
	readonly start: number;
	readonly end: number;
	/** 0 to 1. */
	readonly score: number;
	readonly action: FindingAction;
	/** What stands in the place of a redacted text; a mark naming the rule when absent. */
	readonly replacement?: string;
}

export interface TextEdit {
	readonly segment: number;
	readonly start: number;
	readonly end: number;
	readonly replacement: string;
}

/** What one guard says about texts; what is done about it depends on the modes of its rules too. */
export interface Verdict {
	/** Empty: nothing to object to. */
	readonly findings: readonly Finding[];
	/** Changes that are nobody's finding, such as a planted mark or a value put back; not recorded. */
	readonly edits?: readonly TextEdit[];
	/** How suspicious each segment is, from 0 to 1, found or not; what happens over several turns adds up. */
	readonly risks?: readonly number[];
	/** Why a part of the guard could say nothing; its fail policy decides whether the rest will do. */
	readonly failure?: Error;
}

/** The verdict of whoever has nothing to say. */
export const nothingFound: Verdict = { findings: [] };
