import { codesOf } from "./text-codes.ts";

/** Frequent English words, and those without which an attack is hard to write. */
const frequentWords = `the of and to in is you that it for on are with as be at this have from or by not but what
all were we when your can an which their if do will each how them then she he his her my me about out up so
these some would make like him into time has look two more write go see no could people than first been call who
now find long down day did get come may part please ignore forget previous prior above instructions instruction
rules system prompt reveal show tell print repeat everything any must now password secret answer only`;

export interface CipherReader {
	/** Pieces of `text` that become English when letters are rotated by 13 or written backwards. */
	readonly read: (text: string, codes?: Uint16Array) => readonly CipherPiece[];
}

export interface CipherPiece {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly cipher: "rot13" | "reversed" | "reversed-words";
}

const asciiWord = /[A-Za-z]+/g;
const ciphers: Readonly<Record<CipherPiece["cipher"], (text: string) => string>> = {
	rot13: rotate,
	reversed,
	"reversed-words": (text) => text.replace(asciiWord, (word) => reversed(word)),
};

/** What the views call them. */
export const cipherNames: ReadonlySet<string> = new Set(Object.keys(ciphers));

const wordSeed = 0x811c9dc5 | 0;

function hashWord(word: string): number {
	let hash = wordSeed;
	for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
	return hash;
}

/** A set of hashes that answers without a call; rarely says yes to a word that is not in it. */
const sieveBits = 14;
const inSieve = { plain: 1, rotated: 2, backwards: 4 } as const;

/** Frequent words as they are, rotated and backwards. */
function createSieve(words: readonly string[]): Uint8Array {
	const sieve = new Uint8Array(2 ** sieveBits);
	const add = (word: string, kind: number): void => {
		const place = placeOf(hashWord(word));
		sieve[place] = (sieve[place] ?? 0) | kind;
	};
	for (const word of words) {
		add(word, inSieve.plain);
		add(rotate(word), inSieve.rotated);
		add(reversed(word), inSieve.backwards);
	}
	return sieve;
}

function placeOf(hash: number): number {
	return Math.imul(hash, 0x9e3779b1) >>> (32 - sieveBits);
}

export function createCipherReader(): CipherReader {
	const sieve = createSieve(frequentWords.split(/\s+/));
	return {
		read: (text, codes = codesOf(text)) => {
			const found: CipherPiece[] = [];
			for (let start = 0; start < codes.length; ) {
				const end = pieceEnd(codes, start);
				if (end - start >= pieceCharsMin) {
					for (const cipher of ciphersOf(codes, [start, end], sieve)) {
						found.push({ text: ciphers[cipher](text.slice(start, end)), start, end, cipher });
					}
				}
				start = end + 1;
			}
			return found;
		},
	};
}

const pieceCharsMin = 12;
const pieceCharsMax = 600;
const isEnd = new Uint8Array(65_536);
for (const char of '\n"“”«»:') isEnd[char.charCodeAt(0)] = 1;

/** Lines, and what stands in quotes or behind a colon, are turned round by themselves. */
function pieceEnd(codes: Uint16Array, start: number): number {
	const last = Math.min(codes.length, start + pieceCharsMax);
	let at = start;
	// Four at a time take half as long.
	for (; at + 4 <= last; at += 4) {
		const ends =
			(isEnd[codes[at] ?? 0] ?? 0) |
			(isEnd[codes[at + 1] ?? 0] ?? 0) |
			(isEnd[codes[at + 2] ?? 0] ?? 0) |
			(isEnd[codes[at + 3] ?? 0] ?? 0);
		if (ends !== 0) break;
	}
	while (at < last && isEnd[codes[at] ?? 0] === 0) at++;
	return at;
}

const knownMin = 3;
/** A piece with so many frequent words among its words is plain. */
const plainShare = 0.12;
/** A word and the blank behind it, on average at least. */
const wordCharsMin = 4;

const none: readonly CipherPiece["cipher"][] = [];
const rotated: typeof none = ["rot13"];
/** Whether only the letters of each word were turned round, or everything, its words do not tell. */
const turned: typeof none = ["reversed", "reversed-words"];

/** Compares how many of a piece's words are frequent English as written, rotated, backwards. */
function ciphersOf(
	codes: Uint16Array,
	[start, end]: readonly [number, number],
	sieve: Uint8Array,
): typeof none {
	let all = 0;
	let asWritten = 0;
	let asRotated = 0;
	let asTurned = 0;
	let hash = wordSeed;
	// A piece has no more words than that, so these are enough to call it plain.
	const enough = Math.max(knownMin, ((end - start) / wordCharsMin) * plainShare);
	for (let at = start; at <= end && asWritten < enough; at++) {
		const letter = at < end ? (codes[at] ?? 0) | 32 : 32;
		if (letter >= 97 && letter <= 122) {
			hash = Math.imul(hash ^ letter, 0x01000193);
		} else if (hash !== wordSeed) {
			all++;
			const known = sieve[placeOf(hash)] ?? 0;
			asWritten += known & 1;
			asRotated += (known >> 1) & 1;
			asTurned += known >> 2;
			hash = wordSeed;
		}
	}
	// One or two short words are read either way by chance.
	if (asRotated < knownMin && asTurned < knownMin) return none;
	const plain = asWritten / all;
	if (plain >= plainShare) return none;
	const needed = Math.max(0.2, plain + 0.15);
	if (asRotated >= knownMin && asRotated / all >= needed) return rotated;
	return asTurned >= knownMin && asTurned / all >= needed ? turned : none;
}

function reversed(text: string): string {
	return Array.from(text).reverse().join("");
}

function rotate(text: string): string {
	let plain = "";
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		const base = code >= 97 && code <= 122 ? 97 : code >= 65 && code <= 90 ? 65 : 0;
		plain += base === 0 ? text[index] : String.fromCharCode(((code - base + 13) % 26) + base);
	}
	return plain;
}
