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
	const find = createSearch(values);
	return views.map((view, index) => {
		const edits: ViewEdit[] = [];
		const places = find(view.text);
		if (places.size === 0) return edits;
		const isFree = freeOf(taken[index] ?? []);
		for (const value of values) {
			for (const span of places.get(value) ?? []) {
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

const filterBits = 13;

/** The first characters of a value: as many as the shortest has. */
function headOf(text: string, at: number): number {
	const first = (text.charCodeAt(at) << 8) ^ text.charCodeAt(at + 1);
	return (first << 12) ^ (text.charCodeAt(at + 2) << 6) ^ text.charCodeAt(at + 3);
}

function hashOf(head: number): number {
	return Math.imul(head, 0x9e3779b1) >>> (32 - filterBits);
}

/**
 * Looks for all values in one pass over a text: where none begins, a look at four characters tells.
 * For each value its whole words, which do not overlap.
 */
function createSearch(
	values: readonly string[],
): (text: string) => ReadonlyMap<string, readonly Span[]> {
	const filter = new Uint8Array(1 << filterBits);
	const byHead = Map.groupBy(values, (value) => headOf(value, 0));
	for (const head of byHead.keys()) filter[hashOf(head)] = 1;
	return (text) => {
		const places = new Map<string, Span[]>();
		/** Where each value may stand again. */
		const free = new Map<string, number>();
		const visit = (value: string, at: number): void => {
			if (at < (free.get(value) ?? 0) || !text.startsWith(value, at)) return;
			const end = at + value.length;
			free.set(value, end);
			if (!isEdge(text, at) || !isEdge(text, end)) return;
			const known = places.get(value) ?? [];
			known.push({ start: at, end });
			places.set(value, known);
		};
		for (let at = 0; at + valueCharsMin <= text.length; at += 1) {
			const head = headOf(text, at);
			if (filter[hashOf(head)] === 0) continue;
			for (const value of byHead.get(head) ?? []) visit(value, at);
		}
		return places;
	};
}

const letter = /[\p{L}\p{N}]/u;

/** Whether no word goes on across the place. */
function isEdge(text: string, at: number): boolean {
	return !(letter.test(text[at - 1] ?? "") && letter.test(text[at] ?? ""));
}
