import type { Incoming } from "../http/exchange.ts";

/** What a caller may lower for its own request. Absent: as configured. */
export interface CallerLimits {
	readonly retries?: number;
	/** For the whole answer; of a stream, for its first byte. */
	readonly timeoutMs?: number;
	/** For a stream's first byte. */
	readonly streamTimeoutMs?: number;
}

/**
 * Reads the headers by which callers of LiteLLM (seconds) and Portkey (milliseconds) ask for less
 * patience. They can lower what is configured, never raise it; what cannot be read is ignored.
 */
export function readCallerLimits(headers: Incoming["headers"]): CallerLimits {
	const retries = lowest(headers["x-litellm-num-retries"], headers["x-portkey-retry-count"]);
	const seconds = number(headers["x-litellm-timeout"]);
	const streamSeconds = number(headers["x-litellm-stream-timeout"]);
	const portkeyMs = number(headers["x-portkey-request-timeout"]);
	const timeoutMs = min(
		positive(seconds === undefined ? undefined : seconds * 1000),
		positive(portkeyMs),
	);
	const streamMs = positive(streamSeconds === undefined ? undefined : streamSeconds * 1000);
	return {
		...(retries === undefined ? {} : { retries: Math.floor(retries) }),
		...(timeoutMs === undefined ? {} : { timeoutMs }),
		...(streamMs === undefined ? {} : { streamTimeoutMs: streamMs }),
	};
}

function lowest(...texts: readonly (string | undefined)[]): number | undefined {
	return texts.map(number).reduce(min, undefined);
}

function min(a: number | undefined, b: number | undefined): number | undefined {
	if (a === undefined || b === undefined) return a ?? b;
	return Math.min(a, b);
}

function number(text: string | undefined): number | undefined {
	if (text === undefined || !/^\d{1,9}(\.\d{1,6})?$/.test(text.trim())) return undefined;
	return Number(text);
}

/** A timeout of nothing at all would only be a way to fail. */
function positive(value: number | undefined): number | undefined {
	return value === undefined || value <= 0 ? undefined : Math.max(1, value);
}
