import { readViews } from "../../proxy-core/normalise/read-views.ts";
import { createCipherReader } from "../../proxy-core/normalise/undo-ciphers.ts";
import { cutWindows } from "../../proxy-core/shield/classifier/cut-windows.ts";
import type {
	BlockFeatures,
	BlockReader,
	StyleScale,
} from "../../proxy-core/shield/classifier/read-blocks.ts";
import { createBlockReader } from "../../proxy-core/shield/classifier/read-blocks.ts";
import type { TokenRange } from "../../proxy-core/shield/classifier/read-features.ts";
import {
	createStyleMeter,
	styleNames,
	symbolCount,
	symbolOf,
} from "../../proxy-core/shield/classifier/read-style.ts";
import type { ScannedText, TextScanner } from "../../proxy-core/shield/classifier/scan-text.ts";
import { createTextScanner } from "../../proxy-core/shield/classifier/scan-text.ts";
import { excerptCharsMax } from "../../proxy-core/shield/classifier/score-text.ts";
import { styleLevels } from "../../proxy-core/shield/classifier/weights.ts";
import type { LabelledText } from "./dataset.ts";
import { standsInDocument } from "./dataset.ts";

export type Origin = "data" | "template" | "background";

export interface PreparedText extends LabelledText {
	readonly origin: Origin;
	readonly length: number;
	readonly features: BlockFeatures;
	/** What the stretches of the text teach about documents; nothing when they are empty. */
	readonly role: "document" | "request" | "none";
	readonly windows: readonly Stretch[];
}

export interface Stretch extends Pick<BlockFeatures, "words" | "concepts"> {
	/** Hashes of every few words in a row, by which a stretch is recognised in another document. */
	readonly runs: Int32Array;
}

const runTokens = 4;

/** Requests are short; a long prompt has documents in it. */
const requestCharsMax = 700;
const documentCharsMax = 8000;
/** Prompts of these sources are stories with a question, or questions that are no orders. */
const storySources: ReadonlySet<string> = new Set(["mgsm", "deepset"]);
/** What is said in passing stands in no document. */
const passingSources: ReadonlySet<string> = new Set([
	"own-short",
	"own-short-en",
	"own-demand",
	"own-b-func",
]);

/** Reads every text once, as the gateway would. */
export function prepareTexts(
	texts: readonly LabelledText[],
	originOf: (text: LabelledText) => Origin,
) {
	const scan = createTextScanner();
	const ciphers = createCipherReader();
	const plain = texts.map(({ text }) => excerpt(readViews(text, ciphers)[0]?.text ?? text));
	const background = plain.filter(
		(_, index) => originOf(texts[index] as LabelledText) === "background",
	);
	const surprise = measureSurprise(background.length > 0 ? background : plain);
	const styleCuts = cutStyle(plain, surprise, scan);
	const read = createBlockReader({ styleCuts, surprise });
	const prepared = texts.map((record, index): PreparedText => {
		const text = plain[index] ?? "";
		const scanned = scan(text);
		const origin = originOf(record);
		const role = roleOf(record, origin);
		return {
			...record,
			origin,
			length: text.length,
			features: copied(read(scanned, { first: 0, end: scanned.tokens })),
			role,
			windows: role === "none" ? [] : windowsOf({ text, role, scan, read }),
		};
	});
	return { prepared, scale: { styleCuts, surprise } satisfies StyleScale };
}

function excerpt(text: string): string {
	if (text.length <= excerptCharsMax) return text;
	return `${text.slice(0, excerptCharsMax / 2)}\n${text.slice(-excerptCharsMax / 2)}`;
}

function roleOf(record: LabelledText, origin: Origin): PreparedText["role"] {
	if (standsInDocument(record) || origin === "background" || record.category === "code") {
		return "document";
	}
	if (passingSources.has(record.source) || record.source.startsWith("scene-")) return "none";
	const isStory = storySources.has(record.source) && !record.isAttack;
	const isRequest =
		record.text.length < requestCharsMax && !isStory && record.source !== "jailtrickbench";
	return isRequest &&
		!record.source.startsWith("own-b-play") &&
		!record.source.startsWith("own-b-roleplay")
		? "request"
		: "none";
}

interface WindowWork {
	readonly text: string;
	readonly role: PreparedText["role"];
	readonly scan: TextScanner;
	readonly read: BlockReader;
}

function windowsOf({ text, role, scan, read }: WindowWork): PreparedText["windows"] {
	const kept = text.slice(0, documentCharsMax);
	const scanned = scan(kept);
	const all = cutWindows(scanned);
	const ends = all.length > 1 ? [all[0], all.at(-1)] : all;
	return (role === "request" ? ends : all).flatMap((range) => {
		if (range === undefined) return [];
		const { words, concepts } = read(scanned, range);
		const runs = runsOf(scanned, range);
		return [{ words: words.slice(), concepts: concepts.slice(), runs }];
	});
}

function runsOf({ hashes }: ScannedText, { first, end }: TokenRange): Int32Array {
	return Int32Array.from({ length: Math.max(0, end - first - runTokens + 1) }, (_, run) =>
		hashes
			.subarray(first + run, first + run + runTokens)
			.reduce((hash, token) => (Math.imul(hash, 31) + token) | 0, 0),
	);
}

function copied({ words, characters, concepts, style }: BlockFeatures): BlockFeatures {
	return {
		words: words.slice(),
		characters: characters.slice(),
		concepts: concepts.slice(),
		style: style.slice(),
	};
}

/** Of every pair of neighbouring symbols in ordinary texts: minus the logarithm of its likelihood. */
function measureSurprise(texts: readonly string[]): Float32Array {
	const counts = new Float64Array(symbolCount * symbolCount).fill(0.5);
	for (const text of texts) {
		let before = 26;
		for (const char of text.toLowerCase()) {
			const symbol = symbolOf(char.charCodeAt(0));
			const pair = before * symbolCount + symbol;
			counts[pair] = (counts[pair] ?? 0) + 1;
			before = symbol;
		}
	}
	const surprise = new Float32Array(counts.length);
	for (let row = 0; row < symbolCount; row++) {
		const start = row * symbolCount;
		const total = counts
			.subarray(start, start + symbolCount)
			.reduce((sum, count) => sum + count, 0);
		for (let pair = start; pair < start + symbolCount; pair++) {
			surprise[pair] = Math.round(-Math.log((counts[pair] ?? 1) / total) * 1000) / 1000;
		}
	}
	return surprise;
}

function cutStyle(
	texts: readonly string[],
	surprise: Float32Array,
	scan: TextScanner,
): readonly (readonly number[])[] {
	const measure = createStyleMeter(surprise);
	const values = texts.map((text) => {
		const scanned = scan(text);
		return measure(scanned, { first: 0, end: scanned.tokens }).slice();
	});
	return styleNames.map((_, number) => {
		const sorted = values.map((value) => value[number] ?? 0).sort((a, b) => a - b);
		const cuts = Array.from({ length: styleLevels - 1 }, (__, level) => {
			const cut = sorted[Math.floor((sorted.length * (level + 1)) / styleLevels)] ?? 0;
			return Number(cut.toPrecision(6));
		});
		return [...new Set(cuts)];
	});
}
