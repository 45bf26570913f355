const BACKSLASH = 92;
const PERCENT = 37;
const AMPERSAND = 38;
const SPACE = 32;
const unreadable = 0xfffd;
const codeBits = 0x200000;
/** Longest run of backslashes, `25` or `amp;` that is read as one escape. */
const runMax = 64;

const named: ReadonlyMap<string, number> = new Map([
	["lt", 60],
	["gt", 62],
	["quot", 34],
	["apos", 39],
	["nbsp", SPACE],
	["Tab", SPACE],
	["NewLine", SPACE],
	["sol", 47],
	["colon", 58],
	["comma", 44],
	["period", 46],
	["lowbar", 95],
	["hyphen", 45],
	["lsqb", 91],
	["rsqb", 93],
	["vert", 124],
]);

/**
 * The escape at `at`, as often as it was itself escaped in its own way: `\n`, `\u0041`, `\\x41`, `%41`,
 * `%2541`, `&#65;`, `&amp;#65;`. 0: there is none. Otherwise `escapeCode` and `escapeLength` tell.
 */
export function readEscape(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (code === BACKSLASH) return readBackslash(text, at);
	if (code === PERCENT) return readPercent(text, at);
	return code === AMPERSAND ? readReference(text, at) : 0;
}

/** Code point of what `readEscape` returned. */
export function escapeCode(found: number): number {
	return found % codeBits;
}

/** How many code units it took. */
export function escapeLength(found: number): number {
	return Math.floor(found / codeBits);
}

function packed(code: number, length: number): number {
	return code > 0x10ffff ? 0 : length * codeBits + code;
}

function readBackslash(text: string, start: number): number {
	let at = start + 1;
	while (text.charCodeAt(at) === BACKSLASH && at - start < runMax) at++;
	const kind = text.charAt(at);
	if (kind === "") return packed(SPACE, at - start);
	if ("nrtbfv".includes(kind)) return packed(SPACE, at + 1 - start);
	if (kind === "x") {
		const code = hexAt(text, at + 1, 2);
		if (code >= 0) return packed(code, at + 3 - start);
	}
	if (kind === "u" || kind === "U") return readUnicode(text, start, at + 1);
	// A quote, a slash, or a backslash that means itself.
	return packed(SPACE, at - start);
}

function readUnicode(text: string, start: number, digits: number): number {
	const braced = text.charAt(digits) === "{" ? bracedAt(text, digits + 1) : undefined;
	if (braced !== undefined) return packed(braced.code, braced.end - start);
	const high = hexAt(text, digits, 4);
	if (high < 0) return packed(SPACE, digits - 1 - start);
	const end = digits + 4;
	if (high < 0xd800 || high > 0xdbff) return packed(high, end - start);
	let next = end;
	while (text.charCodeAt(next) === BACKSLASH && next - end < runMax) next++;
	const low = next > end && text.charAt(next) === "u" ? hexAt(text, next + 1, 4) : -1;
	if (low < 0xdc00 || low > 0xdfff) return packed(high, end - start);
	return packed(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), next + 5 - start);
}

function bracedAt(text: string, start: number): { code: number; end: number } | undefined {
	for (let digits = 1; digits <= 6; digits++) {
		if (text.charAt(start + digits) !== "}") continue;
		const code = hexAt(text, start, digits);
		return code < 0 ? undefined : { code, end: start + digits + 1 };
	}
	return undefined;
}

function readPercent(text: string, start: number): number {
	if ((text.charCodeAt(start + 1) | 32) === 117) {
		const code = hexAt(text, start + 2, 4);
		return code < 0 ? 0 : packed(code, 6);
	}
	const first = percentByte(text, start);
	if (first === 0) return 0;
	return escapeCode(first) < 0x80 ? first : readPercentCharacter(text, start, first);
}

/** A character of UTF-8, each of its bytes a percent sign. */
function readPercentCharacter(text: string, start: number, first: number): number {
	const lead = escapeCode(first);
	let length = escapeLength(first);
	const more = bytesBehind(lead);
	let point = lead & (0x3f >> more);
	for (let count = 0; count < more; count++) {
		const next = percentByte(text, start + length);
		const byte = escapeCode(next);
		if (next === 0 || (byte & 0xc0) !== 0x80) return packed(unreadable, length);
		point = (point << 6) | (byte & 0x3f);
		length += escapeLength(next);
	}
	return more === 0 ? packed(unreadable, length) : packed(point, length);
}

function bytesBehind(lead: number): number {
	if (lead < 0xc2 || lead > 0xf4) return 0;
	return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
}

/** `%41`, `%2541`, `%252541` … as one byte. */
function percentByte(text: string, start: number): number {
	if (text.charCodeAt(start) !== PERCENT) return 0;
	let at = start + 1;
	while (hexAt(text, at, 2) === PERCENT && hexAt(text, at + 2, 2) >= 0 && at - start < runMax) {
		at += 2;
	}
	const byte = hexAt(text, at, 2);
	return byte < 0 ? 0 : packed(byte, at + 2 - start);
}

function readReference(text: string, start: number): number {
	let at = start + 1;
	while (text.startsWith("amp;", at) && at - start < runMax) at += 4;
	if (text.charAt(at) === "#") return readNumber(text, start, at + 1);
	for (let end = at + 2; end < at + 9; end++) {
		if (text.charAt(end) !== ";") continue;
		const code = named.get(text.slice(at, end));
		return code === undefined ? 0 : packed(code, end + 1 - start);
	}
	return at > start + 1 ? packed(AMPERSAND, at - start) : 0;
}

function readNumber(text: string, start: number, numberStart: number): number {
	const isHex = (text.charCodeAt(numberStart) | 32) === 120;
	const base = isHex ? 16 : 10;
	const first = isHex ? numberStart + 1 : numberStart;
	let at = first;
	let code = 0;
	// Zeros in front are allowed without end.
	while (at - first < runMax) {
		const digit = digitOf(text.charCodeAt(at));
		if (digit < 0 || digit >= base) break;
		code = Math.min(code * base + digit, codeBits);
		at++;
	}
	if (at === first) return 0;
	return packed(code, (text.charAt(at) === ";" ? at + 1 : at) - start);
}

/** -1: these are not so many hexadecimal digits. */
function hexAt(text: string, start: number, digits: number): number {
	let value = 0;
	for (let at = start; at < start + digits; at++) {
		const digit = digitOf(text.charCodeAt(at));
		if (digit < 0) return -1;
		value = value * 16 + digit;
	}
	return value;
}

function digitOf(code: number): number {
	if (code >= 48 && code <= 57) return code - 48;
	const letter = code | 32;
	return letter >= 97 && letter <= 102 && code < 128 ? letter - 87 : -1;
}
