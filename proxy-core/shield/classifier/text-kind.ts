import functionWords from "../lexicon/function-words.json" with { type: "json" };
import type { ScannedText } from "./scan-text.ts";
import { hashWord } from "./scan-text.ts";
import type { TextKind } from "./weights.ts";

type Script = "ascii" | "accented" | "han" | "other";

/** First code unit of a range of letters, ascending; undefined: no letters of interest. */
const scripts: readonly (readonly [number, Script | undefined])[] = [
	[0x61, "ascii"],
	[0x7b, undefined],
	[0xc0, "accented"],
	[0x250, undefined],
	[0x370, "other"],
	[0x1e00, "accented"],
	[0x1f00, "other"],
	[0x2000, undefined],
	[0x3040, "other"],
	[0x3400, "han"],
	[0xa000, "other"],
	[0xfb00, undefined],
];
const numbers: readonly (Script | undefined)[] = [undefined, "ascii", "accented", "han", "other"];
const table = createTable();

/** Every code unit's script, as its place in `numbers`. */
function createTable(): Uint8Array {
	const filled = new Uint8Array(65_536);
	for (const [index, [first, script]] of scripts.entries()) {
		filled.fill(numbers.indexOf(script), first, scripts[index + 1]?.[0] ?? 65_536);
	}
	return filled;
}

const sieveBits = 16;
const english = 1;
const foreign = 2;
const sieve = createSieve();

/** Words that hold sentences together, by the end of their hash: English ones, and those of other languages. */
function createSieve(): Uint8Array {
	const filled = new Uint8Array(2 ** sieveBits);
	const fill = (lines: readonly string[], kind: number): void => {
		for (const word of lines.join(" ").split(" ")) filled[placeOf(hashWord(word))] = kind;
	};
	fill(functionWords.foreign, foreign);
	fill(functionWords.english, english);
	return filled;
}

function placeOf(hash: number): number {
	return Math.imul(hash, 0x9e3779b1) >>> (32 - sieveBits);
}

/** The beginning of a text tells its script and its language. */
const charsMax = 4000;
const tokensMax = 600;

/** False alarms differ by script and language, so each kind of text has thresholds of its own. */
export function kindOf(scanned: ScannedText): Exclude<TextKind, "document" | "foreignDocument"> {
	if (scanned.isAscii) return foreignBalance(scanned) > 0 ? "latin" : "english";
	const [, ascii = 0, accented = 0, han = 0, other = 0] = countScripts(scanned);
	if (han > (ascii + accented) * 0.3 && han > other) return "han";
	if (other > (ascii + accented) * 0.5) return "otherScripts";
	const balance = foreignBalance(scanned);
	if (balance > 0) return "latin";
	return balance === 0 && accented >= 2 && accented > ascii * 0.01 ? "latin" : "english";
}

function countScripts({ codes, length }: ScannedText): Int32Array {
	const counts = new Int32Array(numbers.length);
	const end = Math.min(length, charsMax);
	for (let index = 0; index < end; index++) {
		const number = table[codes[index] ?? 0] ?? 0;
		counts[number] = (counts[number] ?? 0) + 1;
	}
	return counts;
}

/** How many more function words of other languages than English ones there are. */
function foreignBalance({ hashes, tokens }: ScannedText): number {
	let balance = 0;
	const end = Math.min(tokens, tokensMax);
	for (let token = 0; token < end; token++) {
		const kind = sieve[placeOf(hashes[token] ?? 0)];
		if (kind === foreign) balance++;
		else if (kind === english) balance--;
	}
	return balance;
}
