import { createCharacterMeter } from "./measure-characters.ts";
import { createTokenMeter } from "./measure-tokens.ts";
import type { TokenRange } from "./read-features.ts";
import type { ScannedText } from "./scan-text.ts";

/** Names of the numbers that `readStyle` gives, in order. */
export const styleNames = [
	"characters",
	"tokens",
	"upper-case",
	"digits",
	"marks",
	"line-breaks",
	"quotes",
	"code-marks",
	"not-ascii",
	"brackets",
	"colons",
	"exclamations",
	"questions",
	"surprise",
	"surprise-at-the-end",
	"most-surprising-part",
	"words-without-vowels",
	"inner-capitals",
	"object-keys",
	"runs-of-marks",
	"different-words",
	"sentence-ends",
	"concepts",
	"different-concepts-together",
	"addresses-the-reader",
	"negations",
	"numbered-lines",
	"longest-line",
] as const;

/** Symbols that the surprise table knows: letters, a blank, a digit, marks, other letters. */
export const symbolCount = 40;
const markSymbols = ".,;:!?'\"-()/";

/** Which row or column of the surprise table a lower-case code unit belongs to. */
export function symbolOf(code: number): number {
	if (code >= 97 && code <= 122) return code - 97;
	if (code === 32 || code === 10 || code === 13 || code === 9) return 26;
	if (code >= 48 && code <= 57) return 27;
	if (code < 128) {
		const index = markSymbols.indexOf(String.fromCharCode(code));
		return index === -1 ? 39 : Math.min(38, 28 + index);
	}
	return code < 0x250 ? 37 : 38;
}

/** The numbers are overwritten by the next call. */
export type StyleMeter = (scanned: ScannedText, range: TokenRange) => Float32Array;

/** `surprise`: minus the logarithm of how likely a symbol follows another; row by row. */
export function createStyleMeter(surprise: Float32Array): StyleMeter {
	const symbols = Uint8Array.from({ length: 65_536 }, (_, code) => symbolOf(code));
	const measureCharacters = createCharacterMeter({ surprise, symbols, symbolCount });
	const measureTokens = createTokenMeter(symbols);
	const values = new Float32Array(styleNames.length);
	return (scanned, range) => {
		values.fill(0);
		measureCharacters(values, scanned, range);
		measureTokens(values, scanned, range);
		return values;
	};
}
