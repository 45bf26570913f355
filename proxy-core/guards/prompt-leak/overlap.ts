import type { RequestView } from "../define-guard.ts";
import type { PromptIndex, Run } from "./prompt-index.ts";
import { headWords, indexPrompt } from "./prompt-index.ts";
import type { Words } from "./read-words.ts";
import { readWords } from "./read-words.ts";

/** Finds runs of the system prompt's words in an answer. */
export interface OverlapJudge {
	/** Each run from its third word on. While the text goes on, the last word of it may not be whole. */
	readonly find: (text: string, where: Where) => readonly { start: number; end: number }[];
	/** Where the third word of a run stands that is not over; else the text's length. */
	readonly openAt: (text: string, before: string) => number;
}

export interface Where {
	readonly before: string;
	readonly goesOn: boolean;
}

/** Indexes of the prompts that were seen last; most requests of an application share theirs. */
export interface PromptShelf {
	readonly indexOf: (prompt: string) => PromptIndex;
}

const shelfSize = 64;

export function createPromptShelf(): PromptShelf {
	const shelf = new Map<string, PromptIndex>();
	return {
		indexOf: (prompt) => {
			const index = shelf.get(prompt) ?? indexPrompt(prompt);
			shelf.delete(prompt);
			shelf.set(prompt, index);
			if (shelf.size > shelfSize) {
				for (const oldest of shelf.keys()) {
					shelf.delete(oldest);
					break;
				}
			}
			return index;
		},
	};
}

/** The first words of a run that may have left, which are looked back at. */
const reach = 96;
/** A longer prompt is compared by its beginning. */
const promptCharsMax = 65_536;

interface Needs {
	readonly request: RequestView;
	readonly shelf: PromptShelf;
	readonly settings: { readonly wordsMin: number; readonly promptWordsMin: number };
}

/** Undefined when the request has no system prompt that is worth comparing. */
export function createOverlapJudge({ request, shelf, settings }: Needs): OverlapJudge | undefined {
	const prompt = request.segments
		.filter(({ source, text }) => source === "system" && text.length >= settings.promptWordsMin)
		.map(({ text }) => text)
		.join("\n\n")
		.slice(0, promptCharsMax);
	if (prompt === "" || readsShort(prompt, settings.promptWordsMin)) return undefined;
	const index = shelf.indexOf(prompt);
	let last: Reading | undefined;
	const read = (text: string, before: string): Reading => {
		if (last?.text !== text || last.before !== before) last = reading(text, before, index);
		return last;
	};
	let sent: string | undefined;
	const wasSent = (words: string): boolean => {
		sent ??= request.segments
			.filter(({ source }) => source !== "system")
			.map(({ text }) => joined(text, readWords(text)))
			.join("  ");
		return ` ${sent} `.includes(` ${words} `);
	};
	return {
		openAt: (text, before) => {
			const { words, runs, shift } = read(text, before);
			const run = runs.find(({ isOpen, from, to }) => isOpen && isOverHead(words, from, to));
			if (run === undefined) return text.length;
			return Math.max(0, (words.starts[run.from + headWords] ?? 0) - shift);
		},
		find: (text, { before, goesOn }) => {
			const { words, runs, shift, context } = read(text, before);
			const places: { start: number; end: number }[] = [];
			for (const run of runs) {
				const certain = goesOn && run.isOpen && run.to === words.count ? run.to - 1 : run.to;
				const end = (words.ends[run.to - 1] ?? 0) - shift;
				if (certain - run.from < settings.wordsMin || end <= 0) continue;
				if (!index.isTelling(words, run) || wasSent(joined(context, words, run))) continue;
				places.push({ start: Math.max(0, (words.starts[run.from + headWords] ?? 0) - shift), end });
			}
			return places;
		},
	};
}

interface Reading {
	readonly text: string;
	readonly before: string;
	readonly context: string;
	readonly shift: number;
	readonly words: Words;
	readonly runs: readonly Run[];
}

function reading(text: string, before: string, index: PromptIndex): Reading {
	const near = before.slice(-reach);
	const context = near + text;
	const words = readWords(context);
	return { text, before, context, shift: near.length, words, runs: index.runsIn(context, words) };
}

/** Two words and the beginning of a third. */
function isOverHead({ count }: Words, from: number, to: number): boolean {
	return to - from > headWords || (to - from === headWords && to < count);
}

function readsShort(prompt: string, wordsMin: number): boolean {
	// A word is two characters at least, with its space, in most texts; those need no counting.
	return prompt.length < wordsMin * 40 && readWords(prompt).count < wordsMin;
}

function joined(
	text: string,
	{ starts, ends, count }: Words,
	run = { from: 0, to: count },
): string {
	const words: string[] = [];
	for (let index = run.from; index < run.to; index += 1) {
		words.push(text.slice(starts[index], ends[index]).toLowerCase());
	}
	return words.join(" ");
}
