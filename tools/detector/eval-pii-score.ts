import type { MarkedText } from "./eval-pii-dataset.ts";
import { familyOfOwn, nationalFamilies } from "./eval-pii-dataset.ts";

/** Something found, whatever found it. Offsets in UTF-16 code units. */
export interface FoundSpan {
	readonly type: string;
	readonly start: number;
	readonly end: number;
}

/** Fractions from 0 to 1. */
export interface Scores {
	readonly recall: number;
	readonly precision: number;
	readonly f1: number;
}

export interface Tally {
	marked: number;
	/** Marked spans that something of the same type overlaps. */
	met: number;
	found: number;
	/** Found spans that overlap a marked one of the same type. */
	right: number;
}

/** The types whose form or checksum decides. */
export const structuredFamilies: ReadonlySet<string> = new Set([
	"EMAIL",
	"PHONE",
	"SSN",
	"CREDIT_CARD",
	"IBAN",
	"IP",
]);

export interface Miss {
	readonly id: string;
	readonly kind: "missed" | "false";
	readonly type: string;
	readonly value: string;
	readonly around: string;
}

/** Counts of one text per type, and what went wrong. */
export function compare(
	record: MarkedText,
	found: readonly FoundSpan[],
): { tallies: Map<string, Tally>; misses: Miss[] } {
	const tallies = new Map<string, Tally>();
	const misses: Miss[] = [];
	const note = (kind: Miss["kind"], type: string, { start, end }: { start: number; end: number }) =>
		misses.push({
			id: record.id,
			kind,
			type,
			value: record.text.slice(start, end),
			around: record.text.slice(Math.max(0, start - 30), end + 20),
		});
	const counted = found.filter(({ type }) => record.marked?.has(familyOfOwn(type)) !== false);
	for (const span of record.spans) {
		const tally = tallyOf(tallies, span.type);
		tally.marked += 1;
		const isMet = found.some(
			(datum) => overlaps(datum, span) && isSame(span.type, familyOfOwn(datum.type)),
		);
		if (isMet) tally.met += 1;
		else note("missed", span.type, span);
	}
	for (const datum of counted) {
		const family = familyOfOwn(datum.type);
		const tally = tallyOf(tallies, family);
		tally.found += 1;
		const isRight = record.spans.some((span) => overlaps(datum, span) && isSame(span.type, family));
		if (isRight) tally.right += 1;
		else note("false", family, datum);
	}
	return { tallies, misses };
}

function isSame(marked: string, found: string): boolean {
	return marked === found || (marked === "ID" && nationalFamilies.has(found));
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
	return a.start < b.end && b.start < a.end;
}

function tallyOf(tallies: Map<string, Tally>, type: string): Tally {
	const held = tallies.get(type) ?? { marked: 0, met: 0, found: 0, right: 0 };
	tallies.set(type, held);
	return held;
}

export function addTallies(into: Map<string, Tally>, from: ReadonlyMap<string, Tally>): void {
	for (const [type, { marked, met, found, right }] of from) {
		const held = tallyOf(into, type);
		held.marked += marked;
		held.met += met;
		held.found += found;
		held.right += right;
	}
}

/** Micro-averaged over the types that `counts` names, all when absent. */
export function scoresOf(
	tallies: ReadonlyMap<string, Tally>,
	counts: (type: string) => boolean = () => true,
): Scores {
	const sum: Tally = { marked: 0, met: 0, found: 0, right: 0 };
	for (const [type, tally] of tallies) {
		if (!counts(type)) continue;
		sum.marked += tally.marked;
		sum.met += tally.met;
		sum.found += tally.found;
		sum.right += tally.right;
	}
	const recall = sum.met / Math.max(1, sum.marked);
	const precision = sum.right / Math.max(1, sum.found);
	return {
		recall: round(recall),
		precision: round(precision),
		f1: round((2 * recall * precision) / Math.max(Number.EPSILON, recall + precision)),
	};
}

function round(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}
