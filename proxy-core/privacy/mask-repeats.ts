import type { Steps } from "../text/take-turns.ts";
import type { Span } from "./mask-spans.ts";
import type { TextView, ViewEdit } from "./mask-view.ts";
import type { ValuePlaces } from "./search-values.ts";
import { createValueSearch } from "./search-values.ts";

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
export function* findRepeats(
	views: readonly TextView[],
	known: readonly (readonly Known[])[],
	taken: readonly (readonly Span[])[],
): Steps<readonly (readonly ViewEdit[])[]> {
	const replacements = new Map<string, string>();
	for (const list of known) {
		for (const { value, replacement } of list) {
			if (value.length >= valueCharsMin && !replacements.has(value)) {
				replacements.set(value, replacement);
			}
		}
	}
	if (replacements.size === 0) return [];
	const length = views.reduce((sum, view) => sum + view.text.length, 0);
	// Long values first, so that a full name is not taken apart by its first one.
	const values = [...replacements.keys()]
		.slice(0, Math.max(1, Math.floor(workMax / Math.max(1, length))))
		.toSorted((a, b) => b.length - a.length);
	const search = createValueSearch(values);
	const lists: (readonly ViewEdit[])[] = [];
	for (const [index, view] of views.entries()) {
		lists.push(repeatsIn(view, search(view.text), { replacements, taken: taken[index] ?? [] }));
		yield;
	}
	return lists;
}

interface Decided {
	readonly replacements: ReadonlyMap<string, string>;
	readonly taken: readonly Span[];
}

function repeatsIn(
	view: TextView,
	places: readonly ValuePlaces[],
	{ replacements, taken }: Decided,
): readonly ViewEdit[] {
	if (places.length === 0) return [];
	const space = createSpace(view.text.length, taken);
	const edits: ViewEdit[] = [];
	for (const { value, spans } of places) {
		for (const span of spans) {
			if (!space.isFree(span) || !isOnePart(view, span)) continue;
			space.take(span);
			edits.push({ ...span, replacement: replacements.get(value) ?? value });
		}
	}
	return edits;
}

function isOnePart(view: TextView, { start, end }: Span): boolean {
	const [part, ...more] = view.partsOf({ start, end });
	return part?.start === start && part.end === end && more.length === 0;
}

/** Which characters of a text are spoken for. */
function createSpace(length: number, taken: readonly Span[]) {
	const isTaken = new Uint8Array(length);
	const take = ({ start, end }: Span): void => {
		isTaken.fill(1, start, end);
	};
	for (const span of taken) take(span);
	return {
		take,
		isFree({ start, end }: Span): boolean {
			for (let at = start; at < end; at += 1) if (isTaken[at] === 1) return false;
			return true;
		},
	};
}
