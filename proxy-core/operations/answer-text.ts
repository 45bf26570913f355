import type { WireFrame } from "../contract/chat.ts";
import type { TextEdit } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { spliceJson } from "../text/json-splice.ts";
import type { Json, Operation } from "./define-operation.ts";
import type { TextLeaf, TextRun } from "./text-run.ts";
import { editedLeaves } from "./text-run.ts";

type Edits = readonly Pick<TextEdit, "start" | "end" | "replacement">[];

/** The texts of a whole answer, and how they are put back. */
export interface AnswerText {
	readonly runs: readonly TextRun[];
	/** The body with the edits of each run, in the order of `runs`. */
	readonly write: (edits: readonly Edits[]) => string;
}

/** Undefined when this answer has no text: vectors, and images without words. */
export function readAnswerText(
	operation: Operation,
	{ data, media }: Pick<WireFrame, "data" | "media">,
): AnswerText | undefined {
	if (operation.answerRuns === undefined) return undefined;
	const isJson = /[/+]json\b/i.test(media?.contentType ?? "");
	return isJson ? jsonText(operation, data) : plainText(data);
}

function jsonText(operation: Operation, data: string): AnswerText | undefined {
	const json = parsed(data);
	// Some servers send the bare text as JSON.
	if (json === undefined) return plainText(data);
	const runs = operation.answerRuns?.(json) ?? [];
	if (runs.length === 0) return undefined;
	return {
		runs,
		write: (edits) => {
			const leaves = changed(runs, edits).map(({ path, text }) => ({ path, value: text }));
			const echoes = (operation.echoes?.(json) ?? []).map((path) => ({ path, value: undefined }));
			return spliceJson(data, [...leaves, ...echoes]);
		},
	};
}

/** Plain text, or subtitles: their cues are one text, whatever stands between them. */
function plainText(data: string): AnswerText | undefined {
	const lines = data.split("\n");
	const isSubtitles = lines.some((line) => cueTime.test(line));
	const leaves = lines.flatMap((text, index) =>
		text === "" || (isSubtitles && isMarkup(text, lines[index + 1]))
			? []
			: [{ path: [index], text }],
	);
	if (leaves.length === 0) return undefined;
	const runs: readonly TextRun[] = [{ leaves, separator: "\n" }];
	return {
		runs,
		write: (edits) => {
			for (const { path, text } of changed(runs, edits)) lines[Number(path[0])] = text;
			return lines.join("\n");
		},
	};
}

const cueTime = /^[\d:.,]+ --> [\d:.,]+/;

/** Times, the numbers before them, and the head of SubRip and WebVTT files. A spoken number is text. */
function isMarkup(line: string, next = ""): boolean {
	const text = line.trim();
	if (/^\d+$/.test(text)) return cueTime.test(next);
	return text === "" || text === "WEBVTT" || cueTime.test(text);
}

function changed(runs: readonly TextRun[], edits: readonly Edits[]): readonly TextLeaf[] {
	return runs.flatMap((run, index) => editedLeaves(run, edits[index] ?? []));
}

/** Undefined when it is no object. */
function parsed(data: string): Json | undefined {
	try {
		const value: unknown = JSON.parse(data);
		const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
		return isObject ? (value as Json) : undefined;
	} catch (cause) {
		throw new GatewayError("upstream.malformed", { cause });
	}
}
