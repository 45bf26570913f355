import { codesOf } from "../normalise/text-codes.ts";
import type { Steps } from "../text/take-turns.ts";
import type { Claim, Matcher } from "./compile-matcher.ts";
import type { Decoded } from "./decode-run.ts";
import { decodeLetters, decodePairs } from "./decode-run.ts";
import type { HiddenRun } from "./hidden-runs.ts";
import { createRunCursor, findRuns, isSearched, joinLines } from "./hidden-runs.ts";
import type { Candidate } from "./scan-text.ts";
import { createCursor, scanText } from "./scan-text.ts";
import type { Signature } from "./signature.ts";
import { traceMatch } from "./trace-match.ts";
import { unescapeSome } from "./unescape-all.ts";

/** A signature that was found. Offsets are UTF-16 code units of the searched text. */
export interface Hit {
	readonly signature: Signature;
	readonly start: number;
	readonly end: number;
	/** How it was hidden, outermost first; empty when it stands there plainly. */
	readonly disguises: readonly string[];
}

export interface SearchResult {
	/** At most two of a signature: the first plain one and the first hidden one. */
	readonly hits: readonly Hit[];
	/** Characters that were read, decoded ones included. */
	readonly work: number;
	/** Longest stretch of work without a pause. */
	readonly sliceMax: number;
	/** Whether the text was too deeply or too often encoded to be read to the end. */
	readonly isIncomplete: boolean;
}

/** Characters between two pauses; about a hundred microseconds. */
export const sliceWork = 16_384;
const depthMax = 4;
/** Characters to read for each of the text's, and some for short texts. */
const growthMax = 12;
const workSpare = 262_144;
/** Files in base64 hold no words, so the matcher does not read them letter by letter. */
const unreadFrom = 512;
/** So many escaped letters or digits hide something. */
const escapedMin = 16;
/** Reading a candidate's surroundings; see `traceMatch`. */
const candidateWork = 256;

interface View {
	readonly text: string;
	/** Where it stood in the searched text. */
	readonly start: number;
	readonly end: number;
	readonly disguises: readonly string[];
}

interface Search {
	readonly matcher: Matcher;
	readonly hits: Map<string, Hit>;
	readonly queue: View[];
	/** Runs that were decoded; the same one is found again in unescaped views. */
	readonly seen: Set<string>;
	work: number;
	sliceStart: number;
	sliceMax: number;
}

/**
 * Looks for every signature in `text` and in what is encoded in it, four deep. Yields after each slice
 * of work. Work is bounded by the text's length.
 */
export function* searchBody(matcher: Matcher, text: string): Steps<SearchResult> {
	const search: Search = {
		matcher,
		hits: new Map(),
		queue: [{ text, start: 0, end: text.length, disguises: [] }],
		seen: new Set(),
		work: 0,
		sliceStart: 0,
		sliceMax: 0,
	};
	const workMax = text.length * growthMax + workSpare;
	for (let view = search.queue.shift(); view !== undefined; view = search.queue.shift()) {
		yield* searchView(search, view);
		if (search.work > workMax) break;
	}
	endSlice(search);
	return {
		hits: [...search.hits.values()],
		work: search.work,
		sliceMax: search.sliceMax,
		isIncomplete: search.queue.length > 0,
	};
}

function* searchView(search: Search, view: View): Steps<void> {
	const { text } = view;
	const coded = { text, codes: codesOf(text) };
	const letters = yield* runsOf(search, coded.codes, "letters");
	const cursor = createCursor();
	const { automaton } = search.matcher;
	for (const end of [...pausesOf(letters), { start: text.length, end: text.length }]) {
		while (cursor.at < end.start) {
			search.work += scanText(automaton, coded, {
				cursor,
				end: end.start,
				workMax: workLeft(search),
			});
			yield* pause(search);
		}
		if (cursor.at < end.end) cursor.at = end.end;
		if (end.end > end.start) cursor.state = 0;
	}
	yield* confirm(search, view, cursor.candidates);
	if (view.disguises.length >= depthMax) return;
	yield* decodeRuns(search, view, letters);
	yield* decodeRuns(search, view, yield* runsOf(search, coded.codes, "pairs"));
	if (!cursor.isNested && cursor.escapedLetters < escapedMin) return;
	const plain = { at: 0, text: "" };
	while (plain.at < text.length) {
		search.work += unescapeSome(text, plain, workLeft(search));
		yield* pause(search);
	}
	search.queue.push({ ...view, text: plain.text, disguises: [...view.disguises, "escapes"] });
}

/** Stretches that the matcher passes over. */
function pausesOf(runs: readonly HiddenRun[]): readonly HiddenRun[] {
	return runs.filter(({ start, end }) => end - start >= unreadFrom);
}

function* runsOf(
	search: Search,
	codes: Uint16Array,
	kind: HiddenRun["kind"],
): Steps<readonly HiddenRun[]> {
	const cursor = createRunCursor();
	while (!isSearched(codes.length, kind, cursor)) {
		search.work += findRuns(codes, kind, { cursor, workMax: workLeft(search) });
		yield* pause(search);
	}
	return cursor.runs;
}

function* decodeRuns(search: Search, view: View, runs: readonly HiddenRun[]): Steps<void> {
	let reached = 0;
	for (const run of runs) {
		if (run.start < reached) continue;
		const { letters, end } =
			run.kind === "letters"
				? joinLines(view.text, run)
				: { letters: view.text.slice(run.start, run.end), end: run.end };
		reached = end;
		search.work += letters.length;
		if (!search.seen.has(letters)) {
			search.seen.add(letters);
			const found = yield* run.kind === "letters" ? decodeLetters(letters) : decodePairs(letters);
			for (const decoded of found) search.queue.push(viewOf(view, { ...run, end }, decoded));
		}
		yield* pause(search);
	}
}

/** What was decoded twice over has no place of its own but that of what was decoded first. */
function viewOf(view: View, { start, end }: HiddenRun, { text, encoding }: Decoded): View {
	const disguises = [...view.disguises, encoding];
	return view.disguises.length === 0
		? { text, start, end, disguises }
		: { text, start: view.start, end: view.end, disguises };
}

function* confirm(search: Search, view: View, candidates: readonly Candidate[]): Steps<void> {
	for (const { pattern, end } of candidates) {
		for (const claim of search.matcher.claims[pattern] ?? []) {
			if (isKnown(search, view, claim)) continue;
			search.work += candidateWork;
			confirmClaim(search, view, { claim, end });
			yield* pause(search);
		}
	}
}

function isKnown({ hits }: Search, { disguises }: View, { signature, isRotated }: Claim): boolean {
	// What stands there plainly is found a second time where the escapes around it are undone.
	if (disguises.at(-1) === "escapes" && hits.has(`plain ${signature.id}`)) return true;
	const isHidden = isRotated || disguises.length > 0;
	return hits.has(`hidden ${signature.id}`) && (isHidden || hits.has(`plain ${signature.id}`));
}

function confirmClaim(
	{ matcher, hits }: Search,
	view: View,
	{ claim, end }: { claim: Claim; end: number },
): void {
	const { signature, isRotated } = claim;
	const pattern = claim.pattern();
	if (pattern === undefined) return;
	const match = traceMatch(matcher.automaton.folds, view.text, { pattern, end });
	if (match === undefined) return;
	const disguises = [
		...view.disguises,
		...(isRotated ? ["rot13"] : []),
		...(match.disguise === undefined ? [] : [match.disguise]),
	];
	const key = `${disguises.length > 0 ? "hidden" : "plain"} ${signature.id}`;
	if (hits.has(key)) return;
	const isRoot = view.disguises.length === 0;
	hits.set(key, {
		signature,
		start: isRoot ? match.start : view.start,
		end: isRoot ? match.end : view.end,
		disguises,
	});
}

function workLeft({ work, sliceStart }: Search): number {
	return Math.max(1, sliceStart + sliceWork - work);
}

function* pause(search: Search): Steps<void> {
	if (search.work - search.sliceStart < sliceWork) return;
	endSlice(search);
	yield;
}

function endSlice(search: Search): void {
	search.sliceMax = Math.max(search.sliceMax, search.work - search.sliceStart);
	search.sliceStart = search.work;
}
