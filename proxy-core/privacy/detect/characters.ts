/** Classes of UTF-16 code units: letters of scripts with cases, digits, and everything else. */
export const characterKind = { other: 0, upper: 1, lower: 2, digit: 3 } as const;

/** Code units from here on belong to scripts without cases, and to no word. */
export const tableSize = 0x2000;
export const kindShift = 16;
export const foldMask = (1 << kindShift) - 1;
/** Entries from here on are letters and digits; below are all others. */
export const wordEntry = 1 << kindShift;
/** What a code unit is: its kind, and below that its letter without case and accent. */
export const characters = new Int32Array(tableSize);

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

for (let code = 0; code < tableSize; code += 1) characters[code] = entryOf(code);

function entryOf(code: number): number {
	const character = String.fromCharCode(code);
	const lower = character.toLowerCase();
	const fold = (plainLetters[lower] ?? lower.normalize("NFD")).charCodeAt(0);
	const kind = readKind(code);
	return (kind << kindShift) | fold;
}

function readKind(code: number): number {
	const character = String.fromCharCode(code);
	const isMark = code >= 0x300 && code < 0x370;
	if (code >= 48 && code <= 57) return characterKind.digit;
	if (isMark) return characterKind.lower;
	if (character.toLowerCase() !== character) return characterKind.upper;
	const isLower = character.toUpperCase() !== character || code === 0x131;
	return isLower ? characterKind.lower : characterKind.other;
}

/** One of `characterKind`; scripts without cases are `other`. */
export function kindOf(code: number): number {
	return code < tableSize ? kindOfEntry(characters[code] ?? 0) : 0;
}

/** Without case and accent. */
export function foldCharacter(code: number): number {
	return code < tableSize ? (characters[code] ?? 0) & foldMask : code;
}

/** Of an entry of `characters`. */
function kindOfEntry(entry: number): number {
	return entry >> kindShift;
}
