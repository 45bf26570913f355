/** Classes of UTF-16 code units: letters of scripts with cases, digits, and everything else. */
export const characterKind = { other: 0, upper: 1, lower: 2, digit: 3 } as const;

const tableSize = 0x2000;
const kinds = new Uint8Array(tableSize);
const folds = new Uint16Array(tableSize);

/** Letters that Unicode does not take apart. */
const plainLetters: Readonly<Record<string, string>> = {
	ß: "s",
	ø: "o",
	ł: "l",
	đ: "d",
	ı: "i",
	æ: "a",
	œ: "o",
	ð: "d",
	þ: "t",
	ə: "e",
	ħ: "h",
	ŋ: "n",
	ŧ: "t",
};

for (let code = 0; code < tableSize; code += 1) {
	const character = String.fromCharCode(code);
	const lower = character.toLowerCase();
	const isMark = code >= 0x300 && code < 0x370;
	if (code >= 48 && code <= 57) kinds[code] = characterKind.digit;
	else if (isMark) kinds[code] = characterKind.lower;
	else if (lower !== character) kinds[code] = characterKind.upper;
	else if (character.toUpperCase() !== character || code === 0x131)
		kinds[code] = characterKind.lower;
	folds[code] = (plainLetters[lower] ?? lower.normalize("NFD")).charCodeAt(0);
}

/** One of `characterKind`; scripts without cases are `other`. */
export function kindOf(code: number): number {
	return code < tableSize ? (kinds[code] ?? 0) : 0;
}

/** Without case and accent. */
export function foldCharacter(code: number): number {
	return code < tableSize ? (folds[code] ?? code) : code;
}
