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
}

/** A rule that matched. Offsets are UTF-16 code units within the segment's text. */
export interface Finding {
	readonly rule: string;
	readonly segment: number;
	readonly start: number;
	readonly end: number;
	/** 0 to 1. */
	readonly score: number;
}

export interface TextEdit {
	readonly segment: number;
	readonly start: number;
	readonly end: number;
	readonly replacement: string;
}

export type Verdict =
	| { readonly action: "allow" }
	| { readonly action: "flag"; readonly findings: readonly Finding[] }
	| {
			readonly action: "redact";
			readonly findings: readonly Finding[];
			readonly edits: readonly TextEdit[];
	  }
	| { readonly action: "block"; readonly findings: readonly Finding[] };
