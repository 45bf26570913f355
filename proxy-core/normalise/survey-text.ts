/** What a text may hide, found by one cheap look; decoders run only where there is something to decode. */
export interface TextSurvey {
	/** Percent signs, character references, backslashes. */
	readonly hasEscapes: boolean;
	/** Long runs of letters in both cases or with digits. */
	readonly base64: readonly CodeRange[];
	/** Several short ones that follow one another. */
	readonly hasBrokenBase64: boolean;
	readonly hex: readonly CodeRange[];
	/** Digits or signs where letters belong, often enough to be a style. */
	readonly hasLeet: boolean;
	readonly hasHyphens: boolean;
	/** Single letters kept apart by the same separator. */
	readonly hasSpacing: boolean;
}

export interface CodeRange {
	readonly start: number;
	readonly end: number;
}

/** More of one kind in one text are not an attack anybody could mean. */
const rangesMax = 64;

const bits = {
	lower: 1,
	upper: 2,
	digit: 4,
	leet: 8,
	escape: 16,
	runMark: 32,
	hex: 64,
	blank: 128,
	separator: 256,
	hyphen: 512,
	foreignLetter: 1024,
} as const;
const letter = bits.lower | bits.upper;
const inRun = letter | bits.digit | bits.runMark;
const single = letter | bits.digit | bits.foreignLetter;

const kinds = createKinds();

function createKinds(): Uint16Array {
	const table = new Uint16Array(65_536);
	const add = (characters: string, kind: number): void => {
		for (const char of characters) {
			const code = char.charCodeAt(0);
			table[code] = (table[code] ?? 0) | kind;
		}
	};
	table.fill(bits.foreignLetter, 0xc0);
	add("abcdefghijklmnopqrstuvwxyz", bits.lower);
	add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", bits.upper);
	add("0123456789", bits.digit);
	add("013456789@$!|+", bits.leet);
	add("%&\\", bits.escape);
	add("+/_-", bits.runMark);
	add("0123456789abcdefABCDEFx\\ :,", bits.hex);
	add(" \t\r\n", bits.blank);
	add(" -_.*|/~+\u00b7\u2022,", bits.separator);
	add("-\u2010\u2011\u00ad", bits.hyphen);
	// Signs that stand for letters.
	add("@$", bits.foreignLetter);
	return table;
}

const leetMin = 3;
/** Of the words; a few part numbers in a long text are no style. */
const leetShare = 0.1;
const hexDigitsMin = 6;
const hyphensMin = 2;

/** A few short passes over the code units, most of which most texts need not take. */
export function surveyText(codes: Uint16Array): TextSurvey {
	const { all, digits, hyphens, blanks, leets, changes } = countKinds(codes);
	const { base64, isBroken } = changes >= changesMin ? surveyRuns(codes) : noRuns;
	return {
		hasEscapes: (all & bits.escape) !== 0,
		base64,
		hasBrokenBase64: isBroken,
		hex: digits >= hexDigitsMin ? hexRuns(codes) : [],
		hasLeet: leets >= leetMin && leets >= blanks * leetShare,
		// A fifth of the words, and some of those have several.
		hasHyphens: hyphens >= hyphensMin && hyphens >= blanks * 0.2,
		hasSpacing: (all & bits.separator) !== 0 && hasSpacing(codes),
	};
}

/** Without a branch: which characters come next is what a processor cannot guess. */
function countKinds(codes: Uint16Array) {
	let all = 0;
	let digits = 0;
	let hyphens = 0;
	let blanks = 0;
	let leets = 0;
	let changes = 0;
	let before = 0;
	for (let at = 0; at < codes.length; at++) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		all |= kind;
		digits += (kind >>> 2) & 1;
		hyphens += (kind >>> 9) & 1;
		blanks += (kind >>> 7) & 1;
		// A letter behind a sign that may stand for one.
		leets += (before >>> 3) & (kind | (kind >>> 1)) & 1;
		// A capital or a digit behind a small letter.
		changes += before & ((kind >>> 1) | (kind >>> 2)) & 1;
		before = kind;
	}
	return { all, digits, hyphens, blanks, leets, changes };
}

const base64Min = 16;
const brokenMin = 3;

interface Runs {
	readonly base64: readonly CodeRange[];
	readonly isBroken: boolean;
}

/** A run of sixteen letters of base64 changes its case four times on average. */
const changesMin = 2;
const noRuns: Runs = { base64: [], isBroken: false };

function surveyRuns(codes: Uint16Array): Runs {
	const base64: CodeRange[] = [];
	let mixed = 0;
	let isBroken = false;
	let at = 0;
	while (at < codes.length) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		if ((kind & inRun) === 0) {
			if ((kind & bits.blank) === 0) mixed = 0;
			at++;
			continue;
		}
		const end = runEnd(codes, at);
		const changes = casesIn(codes, at, end);
		// Every other piece may be plain by chance.
		mixed = (changes & innerChange) !== 0 ? mixed + 1 : Math.max(0, mixed - 1);
		isBroken ||= mixed >= brokenMin;
		const isLong = end - at >= base64Min && (changes & mixedCases) === mixedCases;
		if (isLong && base64.length < rangesMax) base64.push({ start: at, end });
		at = end;
	}
	return { base64, isBroken };
}

function runEnd(codes: Uint16Array, start: number): number {
	let at = start + 1;
	while (at < codes.length && ((kinds[codes[at] ?? 0] ?? 0) & inRun) !== 0) at++;
	return at;
}

const innerChange = 4;
const mixedCases = 3;

/** Bit 1: small letters; 2: capitals or digits; 4: one of those behind a small letter. */
function casesIn(codes: Uint16Array, start: number, end: number): number {
	let found = 0;
	let before = 0;
	for (let at = start; at < end; at++) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		const isSmall = kind & bits.lower;
		const isOther = (kind & (bits.upper | bits.digit)) === 0 ? 0 : 2;
		found |= isSmall | isOther | ((before & 1) !== 0 && isOther !== 0 ? innerChange : 0);
		before = isSmall;
	}
	return found;
}

const hexMin = 16;

/** Looks at every sixteenth character and back from there, so that most are never looked at. */
function hexRuns(codes: Uint16Array): readonly CodeRange[] {
	const found: CodeRange[] = [];
	const isHex = (at: number): boolean => ((kinds[codes[at] ?? 0] ?? 0) & bits.hex) !== 0;
	let start = 0;
	while (start + hexMin <= codes.length && found.length < rangesMax) {
		let back = start + hexMin - 1;
		while (back >= start && isHex(back)) back--;
		if (back >= start) {
			start = back + 1;
			continue;
		}
		let end = start + hexMin;
		while (end < codes.length && isHex(end)) end++;
		if (digitsIn(codes, start, end) >= hexDigitsMin) found.push({ start, end });
		start = end + 1;
	}
	return found;
}

function digitsIn(codes: Uint16Array, start: number, end: number): number {
	let digits = 0;
	for (let at = start; at < end; at++) digits += ((kinds[codes[at] ?? 0] ?? 0) >>> 2) & 1;
	return digits;
}

/** Five letters in a row kept apart by one separator, or shorter rows all over. */
const rowMin = 3;
const rowsPerCharacter = 0.1;

function hasSpacing(codes: Uint16Array): boolean {
	let rows = 0;
	let row = 0;
	let last = -1;
	const isSingle = (at: number): boolean => ((kinds[codes[at] ?? 0] ?? 0) & single) !== 0;
	for (let at = 1; at + 3 < codes.length; at++) {
		const code = codes[at] ?? 0;
		if (codes[at + 2] !== code || ((kinds[code] ?? 0) & bits.separator) === 0) continue;
		if (!isSingle(at - 1) || !isSingle(at + 1) || !isSingle(at + 3)) continue;
		rows++;
		row = last === at - 2 ? row + 1 : 1;
		last = at;
		if (row >= rowMin) return true;
	}
	return rows > 0 && rows >= codes.length * rowsPerCharacter;
}
