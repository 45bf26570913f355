import { hash } from "node:crypto";
import { GatewayError } from "../../errors/gateway-error.ts";
import { audioMsOf } from "../../operations/audio-duration.ts";
import type { Form } from "../../operations/read-form.ts";
import { readForm } from "../../operations/read-form.ts";
import { estimateTokens } from "../../text/estimate-tokens.ts";
import type { WireRequest } from "../define-provider.ts";
import { base64Of } from "../shared/embeddings.ts";
import { readList, readObject, readText } from "../shared/read-json.ts";
import { plainPng } from "./plain-png.ts";
import { toneWav, wavHeaderBytes } from "./tone.ts";

type Json = Readonly<Record<string, unknown>>;

/** A body, or the events of a stream. */
export type SimulatedOperation =
	| { readonly contentType: string; readonly body: string | Uint8Array }
	| { readonly events: readonly Json[] };

const fileFields = ["file", "image", "image[]", "mask", "markup"];

/**
 * What OpenAI's other endpoints would answer, in their shape and honestly labelled: nothing here was
 * drawn, heard or understood. The same request gets the same answer. Undefined for an unknown path.
 */
export async function simulateOperation(
	request: WireRequest,
): Promise<SimulatedOperation | undefined> {
	const body = Buffer.from(request.body ?? "");
	const contentType = request.headers["content-type"] ?? "";
	const isForm = contentType.startsWith("multipart/");
	const form: Form | undefined = isForm
		? await readForm({ body, contentType, fileFields })
		: undefined;
	const json = form?.json ?? (JSON.parse(body.toString("utf8")) as Json);
	switch (request.path) {
		case "/embeddings":
			return asJson(embeddings(json));
		case "/images/generations":
		case "/images/edits":
			return images(json, request.path === "/images/edits" ? "image_edit" : "image_generation");
		case "/audio/speech":
			return speech(json);
		case "/audio/transcriptions":
		case "/audio/translations":
			return transcript(json, form?.files[0]?.bytes ?? new Uint8Array());
		case "/rerank":
			return asJson(rerank(json));
		default:
			return undefined;
	}
}

function asJson(value: object): SimulatedOperation {
	return { contentType: "application/json", body: JSON.stringify(value) };
}

const dimensionsMax = 4096;

function embeddings(json: Json): object {
	const { input, dimensions = 256 } = json;
	if (typeof dimensions !== "number" || !(dimensions >= 1 && dimensions <= dimensionsMax)) {
		throw new GatewayError("request.invalid", {
			param: "dimensions",
			message: `The simulator makes vectors of 1 to ${dimensionsMax} numbers.`,
		});
	}
	const isOneList = Array.isArray(input) && typeof input[0] === "number";
	const texts: readonly unknown[] = Array.isArray(input) && !isOneList ? input : [input];
	const words = texts.map((text) =>
		Array.isArray(text) ? text.map(String) : wordsOf(String(text)),
	);
	const tokens = texts.reduce<number>(
		(sum, text) => sum + (Array.isArray(text) ? text.length : estimateTokens(String(text))),
		0,
	);
	return {
		object: "list",
		data: words.map((list, index) => {
			const vector = vectorOf(list, Math.floor(dimensions));
			const embedding = json["encoding_format"] === "base64" ? base64Of(vector) : vector;
			return { object: "embedding", index, embedding };
		}),
		model: json["model"],
		usage: { prompt_tokens: tokens, total_tokens: tokens },
	};
}

/** Each word counts at a place that its hash names, so texts with the same words are alike. Length one. */
function vectorOf(words: readonly string[], dimensions: number): readonly number[] {
	const vector = new Array<number>(dimensions).fill(0);
	for (const word of words.length === 0 ? [""] : words) {
		const code = Number.parseInt(hash("sha256", word).slice(0, 8), 16);
		const at = (code >>> 1) % dimensions;
		vector[at] = (vector[at] ?? 0) + (code % 2 === 0 ? 1 : -1);
	}
	const length = Math.hypot(...vector);
	if (length > 0) return vector.map((value) => value / length);
	// Words that cancel each other out.
	return vector.with(0, 1);
}

function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function images(json: Json, kind: "image_generation" | "image_edit"): SimulatedOperation {
	const prompt = readText(json["prompt"]) ?? "";
	const count = Math.min(10, Math.max(1, Number(json["n"] ?? 1)));
	const image = Buffer.from(plainPng(prompt)).toString("base64");
	const inputTokens = estimateTokens(prompt);
	const usage = {
		input_tokens: inputTokens,
		output_tokens: 0,
		total_tokens: inputTokens,
		input_tokens_details: { text_tokens: inputTokens, image_tokens: 0 },
	};
	const base = { background: "opaque", output_format: "png", quality: "low", size: "64x64" };
	if (isTrue(json["stream"])) {
		const event = { b64_json: image, created_at: 0, ...base };
		const partial = { type: `${kind}.partial_image`, partial_image_index: 0, ...event };
		return { events: [partial, { type: `${kind}.completed`, ...event, usage }] };
	}
	const entry = {
		b64_json: image,
		revised_prompt: "A simulated image of one colour; no model has drawn it.",
	};
	return asJson({ created: 0, ...base, data: Array.from({ length: count }, () => entry), usage });
}

function speech(json: Json): SimulatedOperation {
	const format = json["response_format"] ?? "wav";
	if (format !== "wav" && format !== "pcm") {
		throw new GatewayError("request.unsupported", {
			param: "response_format",
			message: "The simulator makes wav and pcm.",
		});
	}
	const input = readText(json["input"]) ?? "";
	const wav = toneWav(wordsOf(input).length);
	const sound = format === "wav" ? wav : wav.subarray(wavHeaderBytes);
	if (json["stream_format"] !== "sse") return { contentType: `audio/${format}`, body: sound };
	const tokens = estimateTokens(input);
	return {
		events: [
			{ type: "speech.audio.delta", audio: Buffer.from(sound).toString("base64") },
			{
				type: "speech.audio.done",
				usage: { input_tokens: tokens, output_tokens: 0, total_tokens: tokens },
			},
		],
	};
}

function transcript(json: Json, sound: Uint8Array): SimulatedOperation {
	const prompt = readText(json["prompt"]);
	const words = [
		`This is a simulated transcript of a file of ${sound.length} bytes; nothing has been heard.`,
		...(prompt === undefined ? [] : [`The prompt was: ${prompt}`]),
	].join(" ");
	const seconds = Math.max(1, Math.ceil(audioMsOf(sound) / 1000));
	const usage = { type: "duration", seconds };
	if (isTrue(json["stream"])) {
		const pieces = words.match(/\S+\s*/g) ?? [];
		return {
			events: [
				...pieces.map((delta) => ({ type: "transcript.text.delta", delta })),
				{ type: "transcript.text.done", text: words, usage },
			],
		};
	}
	const time = (at: number, mark: string): string =>
		`${new Date(at * 1000).toISOString().slice(11, 19)}${mark}000`;
	switch (json["response_format"] ?? "json") {
		case "text":
			return { contentType: "text/plain; charset=utf-8", body: `${words}\n` };
		case "srt":
			return {
				contentType: "text/plain; charset=utf-8",
				body: `1\n${time(0, ",")} --> ${time(seconds, ",")}\n${words}\n\n`,
			};
		case "vtt":
			return {
				contentType: "text/vtt; charset=utf-8",
				body: `WEBVTT\n\n${time(0, ".")} --> ${time(seconds, ".")}\n${words}\n\n`,
			};
		case "verbose_json":
			return asJson({
				task: "transcribe",
				language: "english",
				duration: seconds,
				text: words,
				segments: [{ id: 0, seek: 0, start: 0, end: seconds, text: words, tokens: [] }],
				usage,
			});
		default:
			return asJson({ text: words, usage });
	}
}

/** Documents by the share of the query's words that they contain. */
function rerank(json: Json): object {
	const query = new Set(wordsOf(readText(json["query"]) ?? ""));
	const documents = readList(json["documents"]);
	const scored = documents.map((document, index) => {
		const text = readText(readObject<"text">(document)?.text) ?? JSON.stringify(document);
		const found = new Set(wordsOf(text).filter((word) => query.has(word)));
		return {
			index,
			relevance_score: query.size === 0 ? 0 : found.size / query.size,
			...(json["return_documents"] === true && {
				document: typeof document === "string" ? { text: document } : document,
			}),
		};
	});
	const results = scored.toSorted((a, b) => b.relevance_score - a.relevance_score);
	const count = typeof json["top_n"] === "number" ? json["top_n"] : results.length;
	const units = Math.max(1, Math.ceil(documents.length / 100));
	return {
		id: "rerank-simulated",
		model: json["model"],
		results: results.slice(0, count),
		meta: { billed_units: { search_units: units } },
	};
}

function isTrue(value: unknown): boolean {
	return value === true || value === "true";
}
