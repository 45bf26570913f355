import type { SegmentSource } from "../contract/verdict.ts";
import type { TextSlice } from "../shield/slice-text.ts";
import { sliceText } from "../shield/slice-text.ts";
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

/** Work between two breaths: some milliseconds. */
const turnCharsMax = 32_768;

/** The built-in finder. Synchronous for all but long requests, which must not keep others waiting. */
export function builtinAnalyzer(finders: Finders): Analyzer {
	return (texts) => {
		const length = texts.reduce((sum, { text }) => sum + text.length, 0);
		return length <= turnCharsMax
			? texts.map((text) => findIn(text, finders))
			: inTurns(texts, finders);
	};
}

function findIn(
	{ text, source, isFormOnly }: AnalyzedText,
	{ all, form, isNoted }: Finders,
): readonly FoundDatum[] {
	const finder = isFormOnly ? form : all;
	const slices = sliceText(text);
	const found: FoundDatum[] = slices.flatMap((slice) =>
		finder
			.find(slice.text, source)
			.map((datum) => moved(datum, slice.start))
			.filter((datum) => isWhole(datum, slice, text)),
	);
	const hidden = found
		.filter(({ type }) => isNoted(type))
		.flatMap((noted) =>
			form
				.find(text.slice(noted.start, noted.end), source)
				.map((datum) => moved(datum, noted.start)),
		);
	if (hidden.length === 0 && slices.length === 1) return found;
	return withoutOverlap([...found, ...hidden], isNoted);
}

async function inTurns(
	texts: readonly AnalyzedText[],
	finders: Finders,
): Promise<readonly (readonly FoundDatum[])[]> {
	const results: (readonly FoundDatum[])[] = [];
	let done = 0;
	for (const text of texts) {
		const found: FoundDatum[] = [];
		for (const slice of sliceText(text.text)) {
			done += slice.text.length;
			if (done > turnCharsMax) {
				done = 0;
				await new Promise((resolve) => setImmediate(resolve));
			}
			const within = findIn({ ...text, text: slice.text }, finders);
			const placed = within.map((datum) => moved(datum, slice.start));
			found.push(...placed.filter((datum) => isWhole(datum, slice, text.text)));
		}
		results.push(withoutOverlap(found, finders.isNoted));
	}
	return results;
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
