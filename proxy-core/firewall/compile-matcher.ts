import type { Steps } from "../text/take-turns.ts";
import { finish } from "../text/take-turns.ts";
import type { Automaton } from "./automaton.ts";
import { buildAutomaton } from "./automaton.ts";
import { rotate } from "./decode-run.ts";
import { folds } from "./fold-code.ts";
import type { Pattern } from "./pattern.ts";
import { readPattern, readSkeleton } from "./pattern.ts";
import type { Signature } from "./signature.ts";

/** One literal of one signature, as it is or with its letters rotated. */
export interface Claim {
	/** Read when it is asked for: of thousands of literals few are ever met. */
	readonly pattern: () => Pattern | undefined;
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

const literalsAtOnce = 64;

/** Time and memory grow with the literals' characters; see the limits of the settings. */
export function compileMatcher(signatures: readonly Signature[]): Matcher {
	return finish(compileInSteps(signatures));
}

/** The same in steps of less than a millisecond: thousands of literals take half a second. */
export function* compileInSteps(signatures: readonly Signature[]): Steps<Matcher> {
	const bySkeleton = new Map<string, Claim[]>();
	const add = (literal: string, signature: Signature, isRotated: boolean) => {
		const skeleton = readSkeleton(literal, folds);
		if (skeleton === undefined) return;
		const claims = bySkeleton.get(skeleton);
		const claim = { pattern: patternReader(literal), signature, isRotated };
		if (claims === undefined) bySkeleton.set(skeleton, [claim]);
		else claims.push(claim);
	};
	let read = 0;
	for (const signature of signatures) {
		for (const literal of signature.literals) {
			add(literal, signature, false);
			if (mayBeRotated(literal)) add(rotate(literal), signature, true);
			read++;
			if (read % literalsAtOnce === 0) yield;
		}
	}
	return {
		automaton: yield* buildAutomaton([...bySkeleton.keys()], folds),
		claims: [...bySkeleton.values()],
		signatures,
	};
}

function patternReader(literal: string): () => Pattern | undefined {
	let pattern: Pattern | undefined;
	return () => {
		pattern ??= readPattern(literal, folds);
		return pattern;
	};
}

function mayBeRotated(literal: string): boolean {
	return asciiPhrase.test(literal) && literal.replace(notLetter, "").length >= rotatedLettersMin;
}
