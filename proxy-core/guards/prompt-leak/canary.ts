import type { RequestView } from "../define-guard.ts";

/**
 * A mark that stands nowhere else: the same for all requests of a tenant, so that providers can go on
 * caching the prompt it stands in.
 */
export function canaryOf({ services, tenant }: Pick<RequestView, "services" | "tenant">): string {
	return services.keyedDigest("prompt-leak.canary", tenant, "").slice(0, 24);
}

export interface CanarySearch {
	/** Where the mark stands, all of it, from its fourth character on; offsets may lie before the text. */
	readonly find: (context: string) => readonly CanaryPlace[];
	/** Where a mark that is not complete has its fourth character; else the context's length. */
	readonly openAt: (context: string) => number;
}

export interface CanaryPlace {
	readonly start: number;
	readonly end: number;
}

/** So many characters of a mark may leave before it is recognised; ordinary words never share more. */
const headStart = 3;
/** Between two characters of the mark. */
const gapMax = 8;

/** Finds the mark plainly, with anything but letters and digits between its characters, and in base64. */
export function createCanarySearch(canary: string): CanarySearch {
	const plain = createMatcher(canary, { foldsCase: true, skips: isSeparator });
	const encoded = base64Forms(canary).map((form) =>
		createMatcher(form, { foldsCase: false, skips: (code) => code <= 0x20 }),
	);
	const matchers = [plain, ...encoded];
	let last: Searched | undefined;
	const search = (context: string): Searched => {
		if (last?.context === context) return last;
		const all = matchers.map((matcher) => matcher(context));
		last = {
			context,
			places: all.flatMap(({ places }) => places),
			openAt: Math.min(...all.map(({ openAt }) => openAt)),
		};
		return last;
	};
	return {
		find: (context) => search(context).places,
		openAt: (context) => search(context).openAt,
	};
}

interface Searched extends Matches {
	readonly context: string;
}

/** The part of the encoded mark that is the same whatever stands around it, for each alignment. */
function base64Forms(canary: string): readonly string[] {
	return [0, 1, 2].map((shift) => {
		const encoded = Buffer.from("\0".repeat(shift) + canary).toString("base64");
		const from = shift === 0 ? 0 : shift + 1;
		const to = Math.floor(((shift + canary.length) * 8) / 6);
		return encoded.slice(from, to);
	});
}

/** Everything that is neither letter nor digit, of any script. */
function isSeparator(code: number): boolean {
	if (code < 0x80)
		return !((code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122));
	return (code >= 0x2000 && code <= 0x206f) || code === 0xa0 || code === 0xfeff || code === 0xad;
}

interface Matches {
	readonly places: readonly { start: number; end: number }[];
	readonly openAt: number;
}

interface Matching {
	readonly foldsCase: boolean;
	readonly skips: (code: number) => boolean;
}

/** Knuth, Morris and Pratt's search, which takes no notice of separators. */
function createMatcher(pattern: string, { foldsCase, skips }: Matching): (text: string) => Matches {
	const codes = Int32Array.from(pattern, (char) => char.charCodeAt(0));
	const fallback = fallbackOf(codes);
	const first = pattern.charAt(0);
	const starts = foldsCase ? [...new Set([first, first.toUpperCase()])] : [first];
	/** Where in the text each of the `matched` characters stands. */
	const at = new Int32Array(codes.length);
	let matched = 0;
	const isFar = (index: number) => matched > 0 && index - (at[matched - 1] ?? 0) > gapMax;
	const fold = (raw: number) => (foldsCase && raw >= 65 && raw <= 90 ? raw | 32 : raw);
	const step = (code: number, index: number): void => {
		let kept = isFar(index) ? 0 : matched;
		const before = kept;
		while (kept > 0 && codes[kept] !== code) kept = fallback[kept - 1] ?? 0;
		at.copyWithin(0, before - kept, before);
		matched = codes[kept] === code ? kept + 1 : 0;
		if (matched > 0) at[kept] = index;
	};
	return (text) => {
		const places: { start: number; end: number }[] = [];
		const nextStart = createStarts(text, starts);
		const nextOf = (from: number): number => {
			if (matched === 0) return nextStart(from);
			let index = from;
			while (index < text.length && skips(text.charCodeAt(index))) index += 1;
			return index;
		};
		matched = 0;
		for (let index = nextOf(0); index < text.length; index = nextOf(index + 1)) {
			step(fold(text.charCodeAt(index)), index);
			if (matched < codes.length) continue;
			places.push({ start: at[headStart] ?? index, end: index + 1 });
			matched = 0;
		}
		const isOpen = matched > headStart && !isFar(text.length);
		return { places, openAt: isOpen ? (at[headStart] ?? text.length) : text.length };
	};
}

/** Where the next of `starts` stands, from an index on that only grows; the text's length for none. */
function createStarts(text: string, starts: readonly string[]): (from: number) => number {
	const next = starts.map(() => -1);
	return (from) => {
		let nearest = text.length;
		for (const [which, start] of starts.entries()) {
			if ((next[which] ?? -1) < from) {
				const found = text.indexOf(start, from);
				next[which] = found === -1 ? text.length : found;
			}
			nearest = Math.min(nearest, next[which] ?? nearest);
		}
		return nearest;
	};
}

function fallbackOf(codes: Int32Array): readonly number[] {
	const fallback = [0];
	for (let index = 1, matched = 0; index < codes.length; index += 1) {
		while (matched > 0 && codes[index] !== codes[matched]) matched = fallback[matched - 1] ?? 0;
		if (codes[index] === codes[matched]) matched += 1;
		fallback.push(matched);
	}
	return fallback;
}
