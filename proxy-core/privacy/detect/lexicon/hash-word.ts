import { foldCharacter } from "../characters.ts";

export const hashSeed = 0x811c9dc5 | 0;
export const hashPrime = 0x01000193;

/** FNV-1a over folded characters. */
export function hashWord(word: string): number {
	let hash = hashSeed;
	for (let at = 0; at < word.length; at += 1) {
		hash = Math.imul(hash ^ foldCharacter(word.charCodeAt(at)), hashPrime);
	}
	return hash;
}
