import { wordKind } from "./lexicon/word-kinds.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";
import { tokenMark } from "./read-tokens.ts";

const score = 0.93;
const tokensAround = 12;
/** Street names that end with what they are: Hauptstraße, Drottninggatan, Kerkstraat. */
const compound =
	/(?:stra(?:ss|ß)e|str|gasse|allee|platz|weg|damm|ufer|straat|laan|plein|gracht|kade|dreef|dijk|steeg|gatan|gata|vägen|gränd|stigen|gade|vej|allé|vei|veien|gate|gaten|stien|katu|tie|kuja|polku|utca)$/i;
const compoundLengthMin = 6;
const postal = /^(?:\d{4,6}|[A-Z]{1,2}\d{1,2}[A-Z]?)$/;
const military = /^(?:APO|FPO|DPO)$/;
const usStates = new Set(
	"AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR AE AP AA".split(
		" ",
	),
);

interface Stretch {
	first: number;
	last: number;
}

/** Adds postal addresses: a street with its number, a flat, a box, a state with its code, and what goes on from there. */
export function findAddresses(tokens: Tokens, found: PersonalDatum[]): void {
	if (tokens.numbers.length === 0) return;
	let covered = -1;
	for (const number of tokens.numbers) {
		if (number <= covered || !isHouseNumber(tokens, number)) continue;
		const core = readCore(tokens, number);
		if (core === undefined || core.last <= covered) continue;
		extendLeft(tokens, core, covered);
		extendRight(tokens, core);
		covered = core.last;
		found.push({
			type: "ADDRESS",
			start: tokens.starts[core.first] ?? 0,
			end: tokens.ends[core.last] ?? 0,
			score,
		});
	}
}

function isHouseNumber(tokens: Tokens, token: number): boolean {
	return (tokens.ends[token] ?? 0) - (tokens.starts[token] ?? 0) <= 6;
}

/** The number and the words that make it part of an address. */
function readCore(tokens: Tokens, number: number): Stretch | undefined {
	return (
		readUnit(tokens, number) ??
		readStreetAfter(tokens, number) ??
		readStreetBefore(tokens, number) ??
		readState(tokens, number)
	);
}

/** "Apt. 12", "Suite 12", "P.O. Box 77", "# 4" of a flat. */
function readUnit(tokens: Tokens, number: number): Stretch | undefined {
	const unit = number - 1;
	if (unit < 0 || gapLength(tokens, unit) > 2 || !has(tokens, unit, wordKind.unit))
		return undefined;
	const isSure = /^(?:apt|apartment|suite|ste|pobox|apto|wohnung|box)$/i.test(textOf(tokens, unit));
	if (!isSure || (/^box$/i.test(textOf(tokens, unit)) && !isPostBox(tokens, unit)))
		return undefined;
	return { first: unit, last: number };
}

function isPostBox(tokens: Tokens, unit: number): boolean {
	const before = tokens.text.slice(
		Math.max(0, (tokens.starts[unit] ?? 0) - 14),
		tokens.starts[unit],
	);
	return /(?:P\.? ?O\.?|PSC \d{1,5},?|Unit \d{1,5}) ?$/i.test(before);
}

/** "31 Walnut Drive", "8 brixtonia road", "12 rue de la Paix". */
function readStreetAfter(tokens: Tokens, number: number): Stretch | undefined {
	for (let at = number + 1; at <= number + 5 && at < tokens.count; at += 1) {
		if (!isOneLine(tokens, at - 1)) return undefined;
		if (endsStreet(tokens, at, number)) return { first: number, last: at };
		const isPlain = !isCapital(tokens, at) && !has(tokens, at, wordKind.particle);
		if (isPlain && has(tokens, at, wordKind.grammar)) return undefined;
	}
	return undefined;
}

function endsStreet(tokens: Tokens, at: number, number: number): boolean {
	if (isCapital(tokens, at) && isCompound(tokens, at)) return true;
	if (!has(tokens, at, wordKind.street)) return false;
	if (at === number + 1 && !opensStreet.test(textOf(tokens, at))) return false;
	return isCapital(tokens, at) || isPlainStreet(tokens, at, number);
}
const opensStreet = /^(?:rue|via|calle|rua|avenue|avenida|chemin|piazza|impasse|place)$/i;

/** Lower case is taken for a street only right after an unusual word: "8 brixtonia road", not "2 long streets". */
function isPlainStreet(tokens: Tokens, street: number, number: number): boolean {
	if (
		!/^(?:street|road|avenue|lane|drive|boulevard|st|rd|ave|blvd|strasse|straße)$/i.test(
			textOf(tokens, street),
		)
	)
		return false;
	return street - number <= 3 && !has(tokens, street - 1, wordKind.common | wordKind.grammar);
}

/** "Via Dante 12", "Hauptstraße 12", "ul. Polna 5", "Main Street 4". */
function readStreetBefore(tokens: Tokens, number: number): Stretch | undefined {
	for (let at = number - 1; at >= Math.max(0, number - 4); at -= 1) {
		const isNumber = ((tokens.marks[at] ?? 0) & tokenMark.digit) !== 0;
		if (isNumber || !isOneLine(tokens, at)) return undefined;
		const first = firstOfStreet(tokens, at, number);
		if (first !== undefined) return first < 0 ? undefined : { first, last: number };
		if (!isCapital(tokens, at) && !has(tokens, at, wordKind.particle)) return undefined;
	}
	return undefined;
}

/** Where a street begins of which `at` is the telling word; -1 for a lone "Street 4", undefined to look on. */
function firstOfStreet(tokens: Tokens, at: number, number: number): number | undefined {
	if (at === number - 1 && isCapital(tokens, at) && isCompound(tokens, at)) return at;
	if (!has(tokens, at, wordKind.street)) return undefined;
	const isTelling =
		isCapital(tokens, at) || /^(?:ul|rue|via|calle|rua|av)$/.test(textOf(tokens, at));
	if (!isTelling) return undefined;
	if (at < number - 1) return at;
	return at > 0 && isCapital(tokens, at - 1) && gapLength(tokens, at - 1) === 1 ? at - 1 : -1;
}

function isOneLine(tokens: Tokens, token: number): boolean {
	const from = tokens.ends[token] ?? 0;
	const length = (tokens.starts[token + 1] ?? 0) - from;
	const first = tokens.text.charCodeAt(from);
	if (length === 1) return first === 32 || first === 45;
	return length === 2 && (first === 44 || first === 46) && tokens.text.charCodeAt(from + 1) === 32;
}

/** "Austin, TX 78701", "APO AE 09012". */
function readState(tokens: Tokens, number: number): Stretch | undefined {
	const state = number - 1;
	if (state < 0 || gapLength(tokens, state) > 2 || !/^\d{5}$/.test(textOf(tokens, number)))
		return undefined;
	if (!usStates.has(textOf(tokens, state))) return undefined;
	const before = state - 1;
	const isMilitary = before >= 0 && military.test(textOf(tokens, before));
	return { first: isMilitary ? before : state, last: number };
}

/** Back to the number that the address begins with, past capitalised words on the way. */
function extendLeft(tokens: Tokens, core: Stretch, covered: number): void {
	for (let at = core.first - 1; at > covered && core.first - at <= 6; at -= 1) {
		if (!isNear(tokens, at)) return;
		const isNumber = ((tokens.marks[at] ?? 0) & tokenMark.digit) !== 0;
		if (isNumber && isHouseNumber(tokens, at)) core.first = at;
		else if (!belongs(tokens, at)) return;
	}
}

/** On over flat, town, state, code and country, across commas and lines. */
function extendRight(tokens: Tokens, core: Stretch): void {
	const end = Math.min(tokens.count, core.last + tokensAround);
	for (let at = core.last + 1; at < end; at += 1) {
		if (!isNear(tokens, at - 1) || !belongs(tokens, at)) return;
		if (tokens.text.charAt(tokens.ends[at] ?? 0) === ":") return;
		const isNumber = ((tokens.marks[at] ?? 0) & tokenMark.digit) !== 0;
		if (isNumber && !postal.test(textOf(tokens, at)) && !isHouseNumber(tokens, at)) return;
		core.last = at;
	}
}

function belongs(tokens: Tokens, token: number): boolean {
	if (((tokens.marks[token] ?? 0) & (tokenMark.digit | tokenMark.opensUpper)) !== 0) {
		return !has(tokens, token, wordKind.grammar) || has(tokens, token, wordKind.particle);
	}
	return has(
		tokens,
		token,
		wordKind.unit | wordKind.particle | wordKind.street | wordKind.place | wordKind.country,
	);
}

/** Parted by a space, a comma, a line or the point of an abbreviation; not by the end of a sentence. */
function isNear(tokens: Tokens, token: number): boolean {
	const gap = tokens.text.slice(tokens.ends[token], tokens.starts[token + 1]);
	if (gap.length > 4 || !/^[ ,\n.'#-]+$/.test(gap) || gap.includes("\n\n")) return false;
	if (!gap.includes(".")) return true;
	return (
		has(tokens, token, wordKind.unit | wordKind.street) ||
		(tokens.ends[token] ?? 0) - (tokens.starts[token] ?? 0) <= 2 ||
		gap.includes("\n")
	);
}

function isCompound(tokens: Tokens, token: number): boolean {
	const length = (tokens.ends[token] ?? 0) - (tokens.starts[token] ?? 0);
	return length >= compoundLengthMin && length < 40 && compound.test(textOf(tokens, token));
}

function isCapital(tokens: Tokens, token: number): boolean {
	return ((tokens.marks[token] ?? 0) & tokenMark.opensUpper) !== 0;
}

function has(tokens: Tokens, token: number, kinds: number): boolean {
	return token >= 0 && ((tokens.kinds[token] ?? 0) & kinds) !== 0;
}

function gapLength(tokens: Tokens, token: number): number {
	return (tokens.starts[token + 1] ?? 0) - (tokens.ends[token] ?? 0);
}

function textOf(tokens: Tokens, token: number): string {
	return tokens.text.slice(tokens.starts[token], tokens.ends[token]);
}
