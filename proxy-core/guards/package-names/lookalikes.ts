import popular from "./popular.json" with { type: "json" };
import type { Ecosystem } from "./read-mentions.ts";

/** Finds the well-known package that a name could be mistaken for; undefined when it is known itself. */
export type FindLookalike = (ecosystem: Ecosystem, name: string) => string | undefined;

const lengthMin = 5;
const rememberedMax = 4096;
/** One other letter makes another word too often in a short name. */
const otherLetterMin = 7;

export function createLookalikes(): FindLookalike {
	// Made when an answer names a package of that kind, which most never do.
	const shelves = new Map<string, Shelf>();
	const shelfOf = (ecosystem: Ecosystem): Shelf | undefined => {
		const known = shelves.get(ecosystem);
		if (known !== undefined || !isListed(ecosystem)) return known;
		const shelf = shelve(popular[ecosystem]);
		shelves.set(ecosystem, shelf);
		return shelf;
	};
	const remembered = new Map<string, string | undefined>();
	const compare = (ecosystem: Ecosystem, name: string): string | undefined => {
		const shelf = shelfOf(ecosystem);
		const plain = canonical(ecosystem, name);
		if (shelf === undefined || plain.startsWith("@") || shelf.known.has(plain)) return undefined;
		const joined = shelf.joined.get(withoutMarks(plain));
		if (joined !== undefined && joined.length > lengthMin) return joined;
		return nearest(plain, shelf.byLength);
	};
	return (ecosystem, name) => {
		const key = `${ecosystem} ${name}`;
		if (remembered.has(key)) return remembered.get(key);
		const found = compare(ecosystem, name);
		if (remembered.size >= rememberedMax) remembered.clear();
		remembered.set(key, found);
		return found;
	};
}

function isListed(ecosystem: Ecosystem): ecosystem is keyof typeof popular {
	return ecosystem in popular;
}

interface Shelf {
	readonly known: ReadonlySet<string>;
	readonly joined: ReadonlyMap<string, string>;
	readonly byLength: ReadonlyMap<number, readonly string[]>;
}

/** `also`: real packages whose names are close to a popular one. */
function shelve(names: { readonly popular: string; readonly also: string }): Shelf {
	const all = names.popular.split(" ");
	const long = all.filter((name) => name.length >= lengthMin);
	return {
		known: new Set([...all, ...names.also.split(" ")]),
		joined: new Map(long.map((name) => [withoutMarks(name), name])),
		byLength: Map.groupBy(long, (name) => name.length),
	};
}

function canonical(ecosystem: Ecosystem, name: string): string {
	const lower = name.toLowerCase();
	if (ecosystem === "pypi") return lower.replaceAll(/[-_.]+/g, "-");
	return ecosystem === "cargo" ? lower.replaceAll("-", "_") : lower;
}

function withoutMarks(name: string): string {
	return name.replaceAll(/[-_.]/g, "");
}

function nearest(name: string, byLength: Shelf["byLength"]): string | undefined {
	for (const length of [name.length, name.length + 1, name.length - 1]) {
		for (const candidate of byLength.get(length) ?? []) {
			if (isOneSlipAway(name, candidate)) return candidate;
		}
	}
	return undefined;
}

/** Two letters swapped, one left out, one too many, or in longer names one wrong. Numbers tell versions apart. */
function isOneSlipAway(a: string, b: string): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	let start = 0;
	while (start < short.length && short.charCodeAt(start) === long.charCodeAt(start)) start += 1;
	if (short.length < long.length) {
		return !isDigit(long, start) && short.slice(start) === long.slice(start + 1);
	}
	if (start === short.length) return false;
	const isSwap =
		short.charCodeAt(start) === long.charCodeAt(start + 1) &&
		short.charCodeAt(start + 1) === long.charCodeAt(start);
	if (isSwap) return short.slice(start + 2) === long.slice(start + 2);
	if (b.length < otherLetterMin || isDigit(short, start) || isDigit(long, start)) return false;
	return short.slice(start + 1) === long.slice(start + 1);
}

function isDigit(text: string, index: number): boolean {
	const code = text.charCodeAt(index);
	return code >= 48 && code <= 57;
}
