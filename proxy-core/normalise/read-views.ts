import { tallyCodes } from "./code-kinds.ts";
import { decodeRuns } from "./decode-runs.ts";
import { composeOrigins, foldText, originalSpan } from "./fold-text.ts";
import { withoutHyphens, withoutLeet, withoutLetterSpacing } from "./repair-words.ts";
import type { TextSurvey } from "./survey-text.ts";
import { surveyText } from "./survey-text.ts";
import { codesOf } from "./text-codes.ts";
import type { TracedText } from "./traced-writer.ts";
import type { CipherReader } from "./undo-ciphers.ts";
import { cipherNames } from "./undo-ciphers.ts";
import { unescapeText } from "./unescape-text.ts";

/** One way to read a text. The first is the text itself, made plain; the others were hidden in it. */
export interface View extends TracedText {
	/** Code units of `text`, if they are at hand. */
	readonly codes?: Uint16Array;
	/** Known with them. */
	readonly isAscii?: boolean;
	/** How it was hidden, outermost first; empty for the text itself. */
	readonly encodings: readonly string[];
	/** Where the encoded run stood from which it was decoded; its letters have no place of their own. */
	readonly run?: readonly [start: number, end: number];
}

const depthMax = 4;
/** All views together: so many characters for each of the text's, and some for short texts. */
const growthMax = 3;
const charsSpare = 4096;
/** Encoded pieces of one text; more are not an attack anybody could mean. */
const viewsMax = 24;

/**
 * Every reading of `text` that a model might find: plain, decoded, unshuffled; nested four deep. Work is
 * bounded by the text's length: views beyond the budget are dropped, innermost first.
 */
export function readViews(text: string, ciphers: CipherReader): readonly View[] {
	return [...readInSteps(text, ciphers)];
}

/** The same one by one. */
export function* readInSteps(text: string, ciphers: CipherReader): Generator<View, void> {
	let count = 0;
	let budget = text.length * growthMax + charsSpare;
	const queue: { view: View; depth: number }[] = [
		{ view: { text, origins: undefined, encodings: [] }, depth: 0 },
	];
	for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
		const { view, depth } = next;
		budget -= view.text.length;
		if ((budget < 0 && depth > 0) || count >= viewsMax) break;
		count++;
		const { plain, survey, codes } = makePlain(view);
		const read = survey.hasLeet ? withoutLeet(plain.text, codes) : plain.text;
		const { isAscii } = survey;
		yield read === plain.text ? { ...plain, codes, isAscii } : { ...plain, text: read };
		if (depth === depthMax) continue;
		// Digits of encoded pieces are no letters, so these are looked for before leetspeak is undone.
		for (const hidden of hiddenIn(plain, { survey, codes, ciphers })) {
			queue.push({ view: hidden, depth: depth + 1 });
		}
	}
}

interface Plain {
	readonly plain: View;
	readonly survey: TextSurvey;
	readonly codes: Uint16Array;
}

/** Folded, unescaped as often as it was escaped, and without gaps in words. */
function makePlain(view: View): Plain {
	const asWritten = codesOf(view.text);
	const tally = tallyCodes(asWritten);
	let traced = then(view, foldText(view.text, asWritten, tally));
	let codes = traced.text === view.text ? asWritten : codesOf(traced.text);
	let survey = surveyText(codes, codes === asWritten ? tally : tallyCodes(codes));
	for (let round = 0; survey.hasEscapes && round < depthMax; round++) {
		const unescaped = unescapeText(traced.text);
		if (unescaped === undefined || unescaped.text === traced.text) break;
		traced = then(traced, unescaped);
		traced = then(traced, foldText(traced.text));
		codes = codesOf(traced.text);
		survey = surveyText(codes);
	}
	const joined = survey.hasSpacing ? withoutLetterSpacing(traced.text, codes) : undefined;
	if (joined === undefined) return { plain: { ...view, ...traced }, survey, codes };
	codes = codesOf(joined.text);
	return { plain: { ...view, ...then(traced, joined) }, survey: surveyText(codes), codes };
}

function then(before: TracedText, after: TracedText): TracedText {
	return { text: after.text, origins: composeOrigins(after.origins, before.origins) };
}

interface Readers {
	readonly survey: TextSurvey;
	readonly codes: Uint16Array;
	readonly ciphers: CipherReader;
}

function hiddenIn(view: View, { survey, codes, ciphers }: Readers): readonly View[] {
	const hidden: View[] = [];
	for (const { text, start, end, encoding } of decodeRuns(view.text, survey, codes)) {
		hidden.push(pieceOf(view, { text, start, end, name: encoding }));
	}
	// Nobody turns a text round twice.
	const isTurned = view.encodings.some((name) => cipherNames.has(name));
	const turned = isTurned || !survey.hasLatin ? [] : ciphers.read(view.text, codes);
	for (const { text, start, end, cipher } of turned) {
		hidden.push(pieceOf(view, { text, start, end, name: cipher }));
	}
	if (survey.hasHyphens && view.encodings.at(-1) !== "hyphens") {
		const joined = withoutHyphens(view.text);
		if (joined !== undefined) {
			const encodings = [...view.encodings, "hyphens"];
			hidden.push({ ...view, ...then(view, joined), encodings });
		}
	}
	return hidden;
}

interface Piece {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly name: string;
}

function pieceOf(view: View, { text, start, end, name }: Piece): View {
	const [from, to] = originalSpan(view, start, end);
	const origins = new Int32Array(text.length + 1).fill(from);
	origins[text.length] = to;
	return { text, origins, encodings: [...view.encodings, name], run: [from, to] };
}
