import type { Dispatcher } from "undici";
import { errors, request } from "undici";
import { GatewayError } from "../errors/gateway-error.ts";

export interface EgressRequest {
	readonly url: string;
	readonly method?: "GET" | "POST";
	/** Dropped when a redirect leads to another origin: credentials travel in them. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
	/** For everything: connecting, redirects, the whole body. */
	readonly timeoutMs: number;
	/** A longer answer is `upstream.malformed`. */
	readonly bodyBytesMax: number;
	readonly signal?: AbortSignal;
}

export interface EgressAnswer {
	readonly status: number;
	/** Lower-case names; repeated ones joined by `, `. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** Where the answer came from, after redirects. */
	readonly url: string;
}

interface Reach {
	readonly dispatcher: Dispatcher;
	readonly checkUrl: (url: string) => void;
}

const redirectsMax = 3;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** One bounded request. Throws `egress.refused`, `upstream.refused`, `upstream.timeout`, `upstream.malformed`. */
export async function boundedFetch(reach: Reach, input: EgressRequest): Promise<EgressAnswer> {
	const timeout = AbortSignal.timeout(input.timeoutMs);
	const signal = input.signal === undefined ? timeout : AbortSignal.any([timeout, input.signal]);
	let current = input;
	try {
		for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
			const answer = await once(reach, current, signal);
			if (typeof answer.redirect !== "string") return answer.done;
			current = redirected(current, answer.redirect, answer.done.status);
		}
	} catch (cause) {
		throw translated(cause, timeout);
	}
	throw new GatewayError("upstream.malformed", { message: "Too many redirects." });
}

interface Step {
	readonly done: EgressAnswer;
	readonly redirect: string | undefined;
}

async function once(reach: Reach, input: EgressRequest, signal: AbortSignal): Promise<Step> {
	reach.checkUrl(input.url);
	const { statusCode, headers, body } = await request(input.url, {
		dispatcher: reach.dispatcher,
		method: input.method ?? "GET",
		headers: input.headers ?? {},
		body: input.body ?? null,
		signal,
	});
	const chunks: Buffer[] = [];
	let bytes = 0;
	// Leaving the loop early destroys the body and with it the socket.
	for await (const chunk of body as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > input.bodyBytesMax) {
			throw new GatewayError("upstream.malformed", {
				message: `The answer is longer than ${input.bodyBytesMax} bytes.`,
			});
		}
		chunks.push(chunk);
	}
	const location = headers["location"];
	const isRedirect = redirectStatuses.has(statusCode) && typeof location === "string";
	return {
		redirect: isRedirect ? location : undefined,
		done: {
			status: statusCode,
			headers: flat(headers),
			body: Buffer.concat(chunks).toString("utf8"),
			url: input.url,
		},
	};
}

function redirected(input: EgressRequest, location: string, status: number): EgressRequest {
	if (!URL.canParse(location, input.url)) {
		throw new GatewayError("upstream.malformed", { message: "The redirect leads nowhere." });
	}
	const url = new URL(location, input.url);
	const { body: _body, method: _method, headers: _headers, ...rest } = input;
	const keepsBody = status === 307 || status === 308;
	const isSameOrigin = url.origin === new URL(input.url).origin;
	return {
		...rest,
		url: url.href,
		...(isSameOrigin && input.headers !== undefined ? { headers: input.headers } : {}),
		...(keepsBody && input.method !== undefined ? { method: input.method } : {}),
		// A body may hold what the first origin was trusted with.
		...(keepsBody && isSameOrigin && input.body !== undefined ? { body: input.body } : {}),
	};
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]],
		),
	);
}

function translated(cause: unknown, timeout: AbortSignal): unknown {
	if (GatewayError.is(cause)) return cause;
	const isTimeout =
		timeout.aborted ||
		cause instanceof errors.ConnectTimeoutError ||
		cause instanceof errors.HeadersTimeoutError ||
		cause instanceof errors.BodyTimeoutError;
	if (isTimeout) return new GatewayError("upstream.timeout", { cause });
	return new GatewayError("upstream.refused", { cause });
}
