import type { RequestFacts } from "../pipeline/context.ts";
import type { RequestBounds } from "../pricing/worst-cost.ts";
import { estimateTokens } from "../text/estimate-tokens.ts";

/** What a request puts in at most, and what kinds of it. */
export type RequestSize = Pick<
	RequestBounds,
	| "inputTokensMax"
	| "cacheWritePossible"
	| "longCacheWritePossible"
	| "inputAudioPossible"
	| "inputImagesPossible"
	| "outputAudioPossible"
>;

/** The estimate is within a fifth for prose and code. */
const estimateSlack = 1.25;
/** Roles and separators around each text. */
const tokensPerSegment = 8;
/** Names and types in tool schemas, which are no segments. */
const charactersPerToken = 3;
/** What providers count for one picture of the usual largest size. */
const tokensPerImage = 1600;
/** Encoded documents and sound cost far less than a token a character. */
const mediaCharactersPerToken = 40;
/** A long text is judged by three parts of it: exact counting would be the dearest step of the pipeline. */
const sampleLength = 4000;

/** Bounds of a request's input, as far as its text shows them. Linear, and cheap for long texts. */
export function sizeOf(request: RequestFacts & { readonly text: string }): RequestSize {
	const { segments, text, units } = request;
	let tokens = segments.length * tokensPerSegment;
	let characters = 0;
	for (const segment of segments) {
		tokens += boundOf(segment.text);
		characters += segment.text.length;
	}
	const others = Math.max(0, text.length - characters);
	if (units !== undefined) tokens += units.inputTokens ?? 0;
	const images = countOf(text, '"image');
	const hasMedia = images > 0 || /"(?:input_audio|file|document)"/.test(text);
	tokens += hasMedia
		? images * tokensPerImage + others / mediaCharactersPerToken
		: others / charactersPerToken;
	return {
		inputTokensMax: Math.ceil(tokens),
		cacheWritePossible: text.includes('"cache_control"'),
		longCacheWritePossible: text.includes('"ttl"'),
		inputAudioPossible: units?.audioMs !== undefined || text.includes('"input_audio"'),
		inputImagesPossible: units !== undefined || images > 0,
		outputAudioPossible: units !== undefined || text.includes('"modalities"'),
	};
}

function boundOf(text: string): number {
	if (text.length <= 3 * sampleLength) return estimateTokens(text) * estimateSlack;
	const middle = Math.floor((text.length - sampleLength) / 2);
	const densest = Math.max(
		...[0, middle, text.length - sampleLength].map((at) =>
			estimateTokens(text.slice(at, at + sampleLength)),
		),
	);
	return (densest / sampleLength) * text.length * estimateSlack;
}

function countOf(text: string, part: string): number {
	let count = 0;
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
	return count;
}
