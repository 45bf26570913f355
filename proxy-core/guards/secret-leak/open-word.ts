import { announcements, qualifierSource } from "./find-assignments.ts";
import type { TokenRule } from "./token-rule.ts";

/** Longest word that waits for its end. */
const wordCharsMax = 2048;
const innocentCharsMin = 16;
const notInWords = /[\s"'`,;(){}[\]<>|&!?*#^$\u007f-\uffff]/;
const announced = new RegExp(announcements.join("|"), "i");

/**
 * Finds the last word of a text when it may be the beginning of a credential or of a name that
 * announces one: ordinary words go at once, everything else waits for the character after it.
 */
export function createOpenWord(rules: readonly TokenRule[]): (text: string) => number {
	const heads = new Set(rules.flatMap((rule) => rule.heads.flatMap(prefixes)));
	const words = [...announcements, ...qualifierSource.slice(3, -1).split("|")];
	const names = new Set(words.flatMap(prefixes));

	const mayBegin = (whole: string): boolean => {
		if (heads.has(whole)) return true;
		// The full stop of a sentence; no name needs what stands before it.
		const word = whole.replace(/\.+$/, "");
		if (!/[A-Za-z0-9]/.test(word)) return /[-\\%]/.test(word);
		if (!/^[A-Za-z]?[a-z]*$/.test(word)) return true;
		if (word.length >= innocentCharsMin || announced.test(word)) return true;
		const lower = word.toLowerCase();
		if (names.has(lower)) return true;
		// A name written in one word, such as `dbpassword`, is known from its third letter on.
		for (let from = 1; from <= lower.length - 3; from += 1) {
			if (names.has(lower.slice(from))) return true;
		}
		return false;
	};

	return (text) => {
		const limit = Math.max(0, text.length - wordCharsMax);
		let start = text.length;
		while (start > limit && !notInWords.test(text.charAt(start - 1))) start -= 1;
		if (start === text.length) return start;
		// The scheme of an address may have left already.
		if (start === 0 && text.startsWith(":")) return 0;
		return mayBegin(text.slice(start)) ? start : text.length;
	};
}

function prefixes(word: string): readonly string[] {
	return Array.from({ length: word.length }, (_, index) => word.slice(0, index + 1));
}
