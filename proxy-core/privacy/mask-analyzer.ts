import type { SegmentSource } from "../contract/verdict.ts";
import type { TextSlice } from "../shield/slice-text.ts";
import { sliceText } from "../shield/slice-text.ts";
import type { Steps } from "../text/take-turns.ts";
import { takeTurns } from "../text/take-turns.ts";
import type { PersonalDataFinder } from "./detect/find-personal-data.ts";
import { touchesAny } from "./mask-spans.ts";

/** A piece of personal data; of a type of our own, or of one that only an analyzer from outside knows. */
export interface FoundDatum {
	readonly type: string;
	readonly start: number;
	readonly end: number;
	/** 0 to 1. */
	readonly score: number;
}

/** A text to look through. */
export interface AnalyzedText {
	readonly text: string;
	readonly source: SegmentSource;
	readonly isFormOnly: boolean;
}

export interface AnalysisContext {
	readonly signal: AbortSignal;
	/** Told in one sentence when an analyzer failed and the request goes on without it. */
	readonly degraded: (note: string) => void;
}

/** What is in each of the texts, in their order: sorted by place, not overlapping. */
export type Analyzer = (
	texts: readonly AnalyzedText[],
	context: AnalysisContext,
) => Promise<readonly (readonly FoundDatum[])[]> | readonly (readonly FoundDatum[])[];

interface Finders {
	readonly all: PersonalDataFinder;
	/** Types that are known by their form and have to be hidden. */
	readonly form: PersonalDataFinder;
	/** Types that are only noted; something that has to be hidden may lie inside, as in an address of the web. */
	readonly isNoted: (type: string) => boolean;
}

/** The built-in finder. Synchronous for all but long requests, which must not keep others waiting. */
export function builtinAnalyzer(finders: Finders): Analyzer {
	return (texts) => takeTurns(findInAll(texts, finders));
}

function* findInAll(
	texts: readonly AnalyzedText[],
	finders: Finders,
): Steps<readonly (readonly FoundDatum[])[]> {
	const results: (readonly FoundDatum[])[] = [];
	for (const text of texts) {
		if (results.length > 0) yield;
		results.push(yield* findIn(text, finders));
	}
	return results;
}

function* findIn(text: AnalyzedText, finders: Finders): Steps<readonly FoundDatum[]> {
	const slices = sliceText(text.text);
	const [only, ...more] = slices;
	if (only !== undefined && more.length === 0) return findInSlice(text, finders);
	const settled: FoundDatum[] = [];
	let open: readonly FoundDatum[] = [];
	for (const [index, slice] of slices.entries()) {
		yield;
		const found = findInSlice({ ...text, text: slice.text }, finders)
			.map((datum) => moved(datum, slice.start))
			.filter((datum) => isWhole(datum, slice, text.text));
		const next = slices[index + 1]?.start ?? Number.POSITIVE_INFINITY;
		const parted = partAt([...open, ...found], next);
		settled.push(...withoutOverlap(parted.before, finders.isNoted));
		open = parted.after;
	}
	return settled;
}

/** What ends up to `place` with all that it overlaps, and what may overlap what is still to be found. */
function partAt(
	data: readonly FoundDatum[],
	place: number,
): { readonly before: readonly FoundDatum[]; readonly after: readonly FoundDatum[] } {
	const sorted = data.toSorted((a, b) => a.start - b.start);
	let count = 0;
	let end = 0;
	for (const [index, datum] of sorted.entries()) {
		if (datum.start >= end) count = index;
		end = Math.max(end, datum.end);
		if (end > place) return { before: sorted.slice(0, count), after: sorted.slice(count) };
	}
	return { before: sorted, after: [] };
}

function findInSlice(
	{ text, source, isFormOnly }: AnalyzedText,
	{ all, form, isNoted }: Finders,
): readonly FoundDatum[] {
	const found: readonly FoundDatum[] = (isFormOnly ? form : all).find(text, source);
	const hidden = found
		.filter(({ type }) => isNoted(type))
		.flatMap((noted) =>
			form
				.find(text.slice(noted.start, noted.end), source)
				.map((datum) => moved(datum, noted.start)),
		);
	return hidden.length === 0 ? found : withoutOverlap([...found, ...hidden], isNoted);
}

/** Slices overlap by far more than this on either side. */
const edgeChars = 64;

/** False beside a cut, where half a word looks like a name; the neighbouring slice has the whole of it. */
function isWhole({ start, end }: FoundDatum, slice: TextSlice, text: string): boolean {
	const sliceEnd = slice.start + slice.text.length;
	const isCutBefore = slice.start > 0 && start < slice.start + edgeChars;
	const isCutAfter = sliceEnd < text.length && end > sliceEnd - edgeChars;
	return !isCutBefore && !isCutAfter;
}

function moved(datum: FoundDatum, by: number): FoundDatum {
	return by === 0 ? datum : { ...datum, start: datum.start + by, end: datum.end + by };
}

/**
 * Joins what overlaps, so that nothing of either survives: the longer one names the type. What is only
 * noted gives way to what has to be hidden.
 */
export function withoutOverlap(
	data: readonly FoundDatum[],
	isNoted: (type: string) => boolean,
): readonly FoundDatum[] {
	const strong = joined(data.filter(({ type }) => !isNoted(type)));
	const noted = joined(data.filter(({ type }) => isNoted(type)));
	const free = noted.filter((datum) => !touchesAny(strong, datum));
	return [...strong, ...free].toSorted((a, b) => a.start - b.start);
}

function joined(data: readonly FoundDatum[]): readonly FoundDatum[] {
	const result: FoundDatum[] = [];
	for (const datum of data.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
		const last = result.at(-1);
		if (last === undefined || datum.start >= last.end) result.push(datum);
		else {
			const longer = datum.end - datum.start > last.end - last.start ? datum : last;
			const end = Math.max(last.end, datum.end);
			result[result.length - 1] = { ...longer, start: last.start, end };
		}
	}
	return result;
}
