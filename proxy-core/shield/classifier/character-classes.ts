/** What a UTF-16 code unit is to the tokeniser. */
export const characterKinds = {
	blank: 0,
	lineBreak: 1,
	letter: 2,
	digit: 3,
	mark: 4,
	/** Scripts without blanks between words. */
	dense: 5,
} as const;

const { blank, lineBreak, letter, digit, mark, dense } = characterKinds;
const letters = /[\p{L}\p{M}]/u;
const digits = /\p{Nd}/u;
const blanks = /[\s\p{Z}]/u;
const denseScripts =
	/[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]/u;

/** Kinds of all code units, as a table; halves of surrogate pairs count as marks. */
export function createCharacterKinds(): Uint8Array {
	const kinds = new Uint8Array(65_536).fill(mark);
	for (let code = 0; code < 65_536; code++) {
		if (code >= 0xd800 && code <= 0xdfff) continue;
		kinds[code] = kindOf(code, String.fromCharCode(code));
	}
	return kinds;
}

function kindOf(code: number, char: string): number {
	if (code === 10 || code === 13) return lineBreak;
	if (blanks.test(char)) return blank;
	if (denseScripts.test(char)) return dense;
	if (letters.test(char)) return letter;
	return digits.test(char) ? digit : mark;
}
