import type { Automaton } from "./automaton.ts";
import { buildAutomaton } from "./automaton.ts";
import { rotate } from "./decode-run.ts";
import { folds } from "./fold-code.ts";
import type { Pattern } from "./pattern.ts";
import { readPattern } from "./pattern.ts";
import type { Signature } from "./signature.ts";

/** One literal of one signature, as it is or with its letters rotated. */
export interface Claim {
	readonly pattern: Pattern;
	readonly signature: Signature;
	readonly isRotated: boolean;
}

/** Signatures, ready to be looked for. */
export interface Matcher {
	readonly automaton: Automaton;
	/** By the automaton's pattern: who claims these letters. */
	readonly claims: readonly (readonly Claim[])[];
	readonly signatures: readonly Signature[];
}

/** Shorter ones turn up in other languages' words. */
const rotatedLettersMin = 12;
/** Digits and signs stay what they are when letters are rotated, so the phrase would show them. */
const asciiPhrase = /^[a-z ,.;:'!?-]+$/i;
const notLetter = /[^a-z]/gi;

/** Time and memory grow with the literals' characters; see the limits of the settings. */
export function compileMatcher(signatures: readonly Signature[]): Matcher {
	const bySkeleton = new Map<string, Claim[]>();
	const add = (literal: string, signature: Signature, isRotated: boolean) => {
		const pattern = readPattern(literal, folds);
		if (pattern === undefined) return;
		const claims = bySkeleton.get(pattern.skeleton);
		const claim = { pattern, signature, isRotated };
		if (claims === undefined) bySkeleton.set(pattern.skeleton, [claim]);
		else claims.push(claim);
	};
	for (const signature of signatures) {
		for (const literal of signature.literals) {
			add(literal, signature, false);
			if (mayBeRotated(literal)) add(rotate(literal), signature, true);
		}
	}
	return {
		automaton: buildAutomaton([...bySkeleton.keys()], folds),
		claims: [...bySkeleton.values()],
		signatures,
	};
}

function mayBeRotated(literal: string): boolean {
	return asciiPhrase.test(literal) && literal.replace(notLetter, "").length >= rotatedLettersMin;
}
