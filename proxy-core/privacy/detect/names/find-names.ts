import { isCleanStart } from "../find-identifiers.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import { wordKind } from "../lexicon/word-kinds.ts";
import type { PersonalDatum } from "../personal-datum.ts";
import type { Tokens } from "../read-tokens.ts";
import { tokenMark } from "../read-tokens.ts";
import type { NameLabels } from "./label-names.ts";
import { createNameLabeller } from "./label-names.ts";
import type { NameWeights } from "./name-model.ts";
import { nameLabels } from "./name-model.ts";
import { isCandidate } from "./read-runs.ts";

/** What the margins of the labels are divided by to become scores. */
const marginScale = 400;
/** A label by a hair is none. */
const scoreMin = 0.58;

/** Adds people, places, organisations; nationalities and forms of address by the lexicon alone. */
export function createNameFinder(
	lexicon: Lexicon,
	weights: NameWeights,
): (tokens: Tokens, found: PersonalDatum[]) => void {
	const labeller = createNameLabeller({ lexicon, weights });
	return (tokens, found) => {
		if (tokens.names.length === 0) return;
		const outcome = labeller.label(tokens);
		let covered = -1;
		for (const token of tokens.names) {
			if (token <= covered) continue;
			const type = nameLabels[outcome.labels[token] ?? 0] ?? "none";
			if (type === "none") {
				findByLexicon(tokens, token, found);
				continue;
			}
			covered = lastOfName(tokens, token, outcome);
			const score = scoreOf(outcome, token, covered);
			if (score < scoreMin) {
				findByLexicon(tokens, token, found);
				continue;
			}
			const start = tokens.starts[token] ?? 0;
			found.push({ type, start, end: tokens.ends[covered] ?? 0, score });
		}
	};
}

/** The tokens that go on with the same label; a particle between two of them belongs to the name. */
function lastOfName(tokens: Tokens, first: number, { labels }: NameLabels): number {
	const label = labels[first];
	let last = first;
	for (let next = first + 1; next < tokens.count && next - last <= 3; next += 1) {
		if ((tokens.starts[next] ?? 0) - (tokens.ends[next - 1] ?? 0) > 2) break;
		const gap = tokens.text.slice(tokens.ends[next - 1], tokens.starts[next]);
		if (!/^(?:[ \u00a0-]|\. |, (?=\p{Lu}\.))$/u.test(gap)) break;
		if (labels[next] === label) last = next;
		else if (((tokens.kinds[next] ?? 0) & wordKind.particle) === 0) break;
	}
	return last;
}

function scoreOf({ margins }: NameLabels, first: number, last: number): number {
	let best = 0;
	for (let token = first; token <= last; token += 1) best = Math.max(best, margins[token] ?? 0);
	return Math.min(0.92, 0.5 + best / marginScale);
}

function findByLexicon(tokens: Tokens, token: number, found: PersonalDatum[]): void {
	const kinds = tokens.kinds[token] ?? 0;
	const start = tokens.starts[token] ?? 0;
	const end = tokens.ends[token] ?? 0;
	if (isGivenName(tokens, token)) {
		found.push({ type: "PERSON", start, end: endOfGivenName(tokens, token), score: 0.54 });
	} else if (
		(kinds & wordKind.nationality) !== 0 &&
		((tokens.marks[token] ?? 0) & tokenMark.opensUpper) !== 0
	) {
		found.push({ type: "NRP", start, end, score: 0.6 });
	} else if ((kinds & wordKind.honorific) !== 0 && opensName(tokens, token)) {
		found.push({ type: "TITLE", start, end, score: 0.6 });
	}
}

/** A capitalised first name that is nothing else. */
function isGivenName(tokens: Tokens, token: number): boolean {
	const kinds = tokens.kinds[token] ?? 0;
	if ((kinds & wordKind.firstName) === 0 || (kinds & otherMeanings) !== 0) return false;
	const mark = tokens.marks[token] ?? 0;
	return (
		(mark & (tokenMark.opensUpper | tokenMark.laterUpper)) === tokenMark.opensUpper &&
		isCandidate(tokens, token)
	);
}
const otherMeanings =
	wordKind.common |
	wordKind.grammar |
	wordKind.place |
	wordKind.country |
	wordKind.organization |
	wordKind.month |
	wordKind.honorific |
	wordKind.landmark |
	wordKind.particle;

/** With the last name that follows it. */
function endOfGivenName(tokens: Tokens, token: number): number {
	const end = tokens.ends[token] ?? 0;
	const next = token + 1;
	const isNamed = ((tokens.kinds[next] ?? 0) & wordKind.lastName) !== 0 && next < tokens.count;
	const isUpper = ((tokens.marks[next] ?? 0) & tokenMark.opensUpper) !== 0;
	return isNamed && isUpper && tokens.text.slice(end, tokens.starts[next]) === " "
		? (tokens.ends[next] ?? end)
		: end;
}

/** "Mr. Hill", not "the Don" or "Capt". */
function opensName(tokens: Tokens, token: number): boolean {
	const next = token + 1;
	if (next >= tokens.count || !isCleanStart(tokens.text, tokens.starts[token] ?? 0)) return false;
	const gap = tokens.text.slice(tokens.ends[token], tokens.starts[next]);
	return (gap === " " || gap === ". ") && ((tokens.marks[next] ?? 0) & tokenMark.opensUpper) !== 0;
}
