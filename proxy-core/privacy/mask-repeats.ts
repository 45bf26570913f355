import type { Span } from "./mask-spans.ts";
import { firstEndingAfter } from "./mask-spans.ts";
import type { TextView, ViewEdit } from "./mask-view.ts";

interface Known extends ViewEdit {
	readonly value: string;
}

/** Below this a value is a word that may mean anything. */
const valueCharsMin = 4;
/** Values times characters that are looked through: a few milliseconds at worst. */
const workMax = 4_000_000;

/**
 * Where values that were found stand again, unnoticed: a name is recognised by the words around it,
 * and there are none in "Ann Lee thinks so". For each view its further edits. What stands in `taken`
 * stays as it is decided there.
 */
export function findRepeats(
	views: readonly TextView[],
	known: readonly (readonly Known[])[],
	taken: readonly (readonly Span[])[],
): readonly (readonly ViewEdit[])[] {
	const replacements = new Map<string, string>();
	for (const { value, replacement } of known.flat()) {
		if (value.length >= valueCharsMin && !replacements.has(value)) {
			replacements.set(value, replacement);
		}
	}
	if (replacements.size === 0) return [];
	const length = views.reduce((sum, view) => sum + view.text.length, 0);
	// Long values first, so that a full name is not taken apart by its first one.
	const values = [...replacements.keys()]
		.slice(0, Math.max(1, Math.floor(workMax / Math.max(1, length))))
		.toSorted((a, b) => b.length - a.length);
	return views.map((view, index) => {
		const edits: ViewEdit[] = [];
		const isFree = freeOf(taken[index] ?? []);
		for (const value of values) {
			for (const span of occurrences(view.text, value)) {
				const [part, ...more] = view.partsOf(span);
				const isWhole = part?.start === span.start && part.end === span.end && more.length === 0;
				if (!isWhole || !isFree(span)) continue;
				edits.push({ ...span, replacement: replacements.get(value) ?? value });
			}
		}
		return edits;
	});
}

/** Says whether a span overlaps none that was taken, and takes it. */
function freeOf(taken: readonly Span[]): (span: Span) => boolean {
	const all = taken.toSorted((a, b) => a.start - b.start);
	return (span) => {
		const index = firstEndingAfter(all, span.start);
		const next = all[index];
		if (next !== undefined && next.start < span.end) return false;
		all.splice(index, 0, span);
		return true;
	};
}

function* occurrences(text: string, value: string): Generator<Span> {
	let from = text.indexOf(value);
	while (from !== -1) {
		const end = from + value.length;
		if (isEdge(text, from) && isEdge(text, end)) yield { start: from, end };
		from = text.indexOf(value, end);
	}
}

const letter = /[\p{L}\p{N}]/u;

/** Whether no word goes on across the place. */
function isEdge(text: string, at: number): boolean {
	return !(letter.test(text[at - 1] ?? "") && letter.test(text[at] ?? ""));
}
