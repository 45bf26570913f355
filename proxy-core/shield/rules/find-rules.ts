import type { ScannedText } from "../classifier/scan-text.ts";
import { conceptNumber } from "../lexicon/concepts.ts";
import { createStemTrie } from "../lexicon/stem-trie.ts";
import type { InjectionRule } from "./rule-data.ts";
import { injectionRules, ruleRecords } from "./rule-data.ts";

export interface RuleMatch {
	readonly rule: InjectionRule;
	/** UTF-16 offsets in the scanned text. */
	readonly start: number;
	readonly end: number;
}

/** First match of each rule. One pass over the tokens, whatever they are. */
export type RuleFinder = (scanned: ScannedText, isDocument: boolean) => readonly RuleMatch[];

interface Step {
	/** A set of concepts, one of which has to stand here. */
	readonly bits: number;
	/** Farthest from the step before, in half words. */
	readonly gapMax: number;
}

interface CompiledRule {
	readonly rule: InjectionRule;
	readonly steps: readonly Step[];
	/** The concepts of all steps. */
	readonly wanted: number;
	readonly literals: readonly string[];
	readonly progress: Progress;
}

/** How far a rule has come in the text at hand. */
interface Progress {
	/** For every number of steps, where the last of them was taken. */
	readonly places: Int32Array;
	/** Token at which the first of them was. */
	readonly begins: Int32Array;
}

export function createRuleFinder(): RuleFinder {
	const rules = ruleRecords.map((record, index): CompiledRule => {
		const steps = (record.steps ?? []).map(readStep);
		return {
			rule: injectionRules[index] as InjectionRule,
			steps,
			wanted: steps.reduce((union, { bits }) => union | bits, 0),
			literals: record.literals ?? [],
			progress: { places: new Int32Array(steps.length), begins: new Int32Array(steps.length) },
		};
	});
	const findLiterals = createLiteralFinder(rules);
	return (scanned, isDocument) => {
		const matches: RuleMatch[] = [];
		const tokens = findLiterals(scanned);
		for (const [index, rule] of rules.entries()) {
			if (rule.rule.scope === "document" && !isDocument) continue;
			const token = tokens[index];
			const match =
				token === undefined ? findSteps(rule, scanned) : literalMatch(rule, scanned, token);
			if (match !== undefined) matches.push(match);
		}
		return matches;
	};
}

/** `"4 prior before"`: one of these concepts, at most four words after the step before. */
function readStep(written: string): Step {
	const [first = "", ...rest] = written.split(" ");
	const gap = Number.parseInt(first, 10);
	const names = Number.isNaN(gap) ? [first, ...rest] : rest;
	const bits = names.reduce((set, name) => set | (1 << conceptNumber(name)), 0);
	return { bits, gapMax: Number.isNaN(gap) ? 0 : gap * 2 };
}

const rulesMax = 31;

/** For every rule the token at which the first of its literals begins; one look-up a token for all of them. */
function createLiteralFinder(rules: readonly CompiledRule[]) {
	if (rules.length > rulesMax) throw new Error("There are too many rules for one set of bits.");
	const trie = createStemTrie(
		rules.flatMap(({ literals }, concept) =>
			literals.map((text) => ({ text, isWhole: false, concept })),
		),
		() => false,
	);
	return ({ codes, starts, literalTokens }: ScannedText): readonly (number | undefined)[] => {
		const tokens: (number | undefined)[] = [];
		let known = 0;
		for (const token of literalTokens) {
			let bits = trie.conceptsAt(codes, starts[token] ?? 0) & ~known;
			known |= bits;
			for (; bits !== 0; bits &= bits - 1) tokens[31 - Math.clz32(bits & -bits)] = token;
		}
		return tokens;
	};
}

function literalMatch(
	{ rule, literals }: CompiledRule,
	{ codes, starts, ends }: ScannedText,
	token: number,
): RuleMatch {
	const start = starts[token] ?? 0;
	const literal = literals.find((one) => standsAt(codes, start, one));
	return {
		rule,
		start,
		end: literal === undefined ? (ends[token] ?? start) : start + literal.length,
	};
}

function standsAt(codes: Uint16Array, start: number, text: string): boolean {
	for (let at = 0; at < text.length; at++) {
		if (codes[start + at] !== text.charCodeAt(at)) return false;
	}
	return true;
}

const nowhere = -1;

function findSteps(rule: CompiledRule, scanned: ScannedText): RuleMatch | undefined {
	const { steps, wanted, progress } = rule;
	// Most texts lack a part of most rules.
	if (steps.length === 0 || steps.some(({ bits }) => (bits & scanned.seen) === 0)) return undefined;
	const { concepts, starts, ends, meaningful, meaningfulCount } = scanned;
	progress.places.fill(nowhere);
	for (let index = 0; index < meaningfulCount; index++) {
		const token = meaningful[index] ?? 0;
		if (((concepts[token] ?? 0) & wanted) === 0) continue;
		if (!takeSteps(rule, scanned, token)) continue;
		const begin = progress.begins[steps.length - 1] ?? token;
		return { rule: rule.rule, start: starts[begin] ?? 0, end: ends[token] ?? 0 };
	}
	return undefined;
}

/** Whether the last step was taken at this token. */
function takeSteps(
	{ steps, progress: { places, begins } }: CompiledRule,
	scanned: ScannedText,
	token: number,
): boolean {
	const bits = scanned.concepts[token] ?? 0;
	const place = scanned.places[token] ?? 0;
	// From the last step on, so that one token does not take two steps.
	for (let index = steps.length - 1; index >= 0; index--) {
		const step = steps[index];
		if (step === undefined || (bits & step.bits) === 0) continue;
		const before = index === 0 ? place : (places[index - 1] ?? nowhere);
		if (before === nowhere || place - before > step.gapMax) continue;
		places[index] = place;
		begins[index] = index === 0 ? token : (begins[index - 1] ?? token);
		if (index === steps.length - 1) return true;
	}
	return false;
}
