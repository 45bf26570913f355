import type { Span } from "./mask-spans.ts";

/** The places of a value in a text: whole words, which do not overlap. */
export interface ValuePlaces {
	readonly value: string;
	readonly spans: readonly Span[];
}

type ValueSearch = (text: string) => readonly ValuePlaces[];

/** Each value by itself is found fastest, but takes a pass over the text. */
const passesMax = 3;

/** Looks for all values (of four characters at least) at once; what it finds is in their order. */
export function createValueSearch(values: readonly string[]): ValueSearch {
	return values.length <= passesMax ? searchEach(values) : searchTogether(values);
}

function searchEach(values: readonly string[]): ValueSearch {
	return (text) =>
		values.flatMap((value) => {
			const spans: Span[] = [];
			let at = text.indexOf(value);
			while (at >= 0) {
				const end = at + value.length;
				const isWhole = isEdge(text, at) && isEdge(text, end);
				if (isWhole) spans.push({ start: at, end });
				at = text.indexOf(value, isWhole ? end : at + 1);
			}
			return spans.length === 0 ? [] : [{ value, spans }];
		});
}

interface Sought {
	readonly value: string;
	readonly rank: number;
	spans: Span[];
}

/** Values that begin alike. */
interface Group {
	readonly members: readonly Sought[];
	/** By value; many that begin alike are told apart by looking up what stands there in each length. */
	readonly byValue: ReadonlyMap<string, Sought>;
	readonly lengths: readonly number[];
}

const fewMembers = 3;
const filterBits = 13;
const firstBits = 8;

/** The first four characters. */
function headOf(text: string, at: number): number {
	const first = (text.charCodeAt(at) << 8) ^ text.charCodeAt(at + 1);
	return (first << 12) ^ (text.charCodeAt(at + 2) << 6) ^ text.charCodeAt(at + 3);
}

function hashOf(head: number): number {
	return Math.imul(head, 0x9e3779b1) >>> (32 - filterBits);
}

/** One pass over a text: where no value begins, a look at one character or at four tells. */
function searchTogether(values: readonly string[]): ValueSearch {
	const firsts = new Uint8Array(1 << firstBits);
	const heads = new Uint8Array(1 << filterBits);
	const sought = values.map((value, rank): Sought => ({ value, rank, spans: [] }));
	const groups = new Map<number, Group>();
	for (const [head, members] of Map.groupBy(sought, ({ value }) => headOf(value, 0))) {
		const byValue = new Map(members.map((member) => [member.value, member]));
		const lengths = [...new Set(members.map(({ value }) => value.length))];
		groups.set(head, { members, byValue, lengths });
		heads[hashOf(head)] = 1;
	}
	for (const value of values) firsts[value.charCodeAt(0) & 0xff] = 1;
	return (text) => {
		const met: Sought[] = [];
		const last = text.length - 4;
		for (let at = 0; at <= last; at += 1) {
			if (firsts[text.charCodeAt(at) & 0xff] === 0) continue;
			const head = headOf(text, at);
			if (heads[hashOf(head)] === 0) continue;
			const group = groups.get(head);
			if (group !== undefined && isEdge(text, at)) visitGroup(group, { text, at, met });
		}
		met.sort((a, b) => a.rank - b.rank);
		return met.map((member) => {
			const { value, spans } = member;
			member.spans = [];
			return { value, spans };
		});
	};
}

interface Visit {
	readonly text: string;
	readonly at: number;
	/** Those that were found so far. */
	readonly met: Sought[];
}

function visitGroup({ members, byValue, lengths }: Group, visit: Visit): void {
	const { text, at } = visit;
	if (members.length <= fewMembers) {
		for (const member of members) if (text.startsWith(member.value, at)) meet(member, visit);
		return;
	}
	for (const length of lengths) {
		const member = byValue.get(text.slice(at, at + length));
		if (member !== undefined) meet(member, visit);
	}
}

function meet(member: Sought, { text, at, met }: Visit): void {
	const end = at + member.value.length;
	const last = member.spans.at(-1);
	if ((last !== undefined && last.end > at) || !isEdge(text, end)) return;
	if (last === undefined) met.push(member);
	member.spans.push({ start: at, end });
}

const letter = /[\p{L}\p{N}]/u;

/** Whether no word goes on across the place. */
function isEdge(text: string, at: number): boolean {
	if (at === 0 || at >= text.length) return true;
	return !(isWordCharacter(text.charCodeAt(at - 1)) && isWordCharacter(text.charCodeAt(at)));
}

function isWordCharacter(code: number): boolean {
	if (code >= 128) return letter.test(String.fromCharCode(code));
	const small = code | 32;
	return (small >= 97 && small <= 122) || (code >= 48 && code <= 57);
}
