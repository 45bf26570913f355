import type { RequestSummary } from "../../lib/contracts/requests.ts";
import { formatDuration } from "../../lib/format/numbers.ts";
import { errorCatalogue } from "../../proxy-core/contract/errors.ts";

/** What a code means, in words. Takes the wire's codes and the catalogue's own names. */
export function errorTitle(code: string): string | undefined {
	const entries = Object.entries(errorCatalogue);
	return entries.find(([name, entry]) => name === code || entry.code === code)?.[1].title;
}

type Ending = Pick<
	RequestSummary,
	"outcome" | "status" | "errorCode" | "durationMs" | "provider" | "model"
>;

/** How it ended, as a sentence: "Refused with status 403: the request was blocked by policy." */
export function describeEnding(request: Ending): string {
	const { outcome, status, errorCode, durationMs } = request;
	const why = errorCode === null ? "" : (errorTitle(errorCode) ?? `Code ${errorCode}.`);
	switch (outcome) {
		case "answered": {
			const by = servedModel(request);
			return `Answered${by === null ? "" : ` by ${by}`} in ${formatDuration(durationMs)}.`;
		}
		case "cancelled":
			return `The caller hung up after ${formatDuration(durationMs)}.`;
		case "refused":
			return `Refused with status ${status}: ${startSmall(why)}`;
		case "failed":
			return `Failed with status ${status}: ${startSmall(why)}`;
	}
}

/** Milliseconds of its own that the gateway added: never more than the whole request took. */
export function gatewayMs({
	overheadMs,
	durationMs,
}: Pick<RequestSummary, "overheadMs" | "durationMs">): number {
	return Math.min(overheadMs, durationMs);
}

/** `provider/model` that answered; null when the request never got that far. */
export function servedModel({
	provider,
	model,
}: Pick<RequestSummary, "provider" | "model">): string | null {
	return provider === null || model === null ? null : `${provider}/${model}`;
}

/** What was served when it is something else than what was asked for. */
export function servedElsewhere(
	request: Pick<RequestSummary, "requestedModel" | "provider" | "model">,
): string | null {
	const served = servedModel(request);
	return served === request.requestedModel ? null : served;
}

/** How a cache took part, in words. */
export const cacheWords: Readonly<Record<NonNullable<RequestSummary["cache"]>, string>> = {
	hit: "Answered from the cache",
	"semantic-hit": "Answered from the cache, for a similar question",
	coalesced: "Shared the answer of an identical request under way",
	replayed: "Answered again for the same idempotency key",
	miss: "Asked, and it had no answer",
	bypass: "Passed by",
};

/** Nothing was spent because a provider's earlier answer did. */
export function isFromCache({ cache }: Pick<RequestSummary, "cache">): boolean {
	return cache !== null && cache !== "miss" && cache !== "bypass";
}

const unitTitles: Readonly<Record<string, string>> = {
	longCacheWriteTokens: "written to the cache for an hour",
	inputAudioTokens: "of sound, in",
	outputAudioTokens: "of sound, out",
	inputImageTokens: "of images, in",
	outputImageTokens: "of images, out",
	images: "Images",
	audioMs: "Sound, in milliseconds",
	characters: "Characters",
	searches: "Searches",
};

/** A part of the usage for people; an unknown one, of a newer version, stays as it is. */
export function unitTitle(name: string): string {
	return unitTitles[name] ?? name;
}

/** Like `formatDuration`, but below a millisecond in microseconds: most steps take a few of them. */
export function formatStep(ms: number): string {
	return ms < 1 ? `${Math.round(ms * 1000)} µs` : formatDuration(ms);
}

function startSmall(sentence: string): string {
	return /^[A-Z][a-z]/.test(sentence)
		? sentence.charAt(0).toLowerCase() + sentence.slice(1)
		: sentence;
}
