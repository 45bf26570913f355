import type { Settings } from "../contract/settings.ts";
import type { Incoming } from "../http/exchange.ts";

/** What may be done with one request's answer. */
export interface CachePolicy {
	/** An answer that is kept may be used. */
	readonly mayRead: boolean;
	/** The answer may be kept. */
	readonly mayKeep: boolean;
	/** How long a new answer is kept, and how old a kept one may be. */
	readonly ttlMs: number;
	/** Keeps answers apart that would otherwise be one; chosen by the caller. */
	readonly namespace: string;
}

type Headers = Incoming["headers"];

/**
 * What settings and request headers say together; undefined when this request has nothing to do with
 * the cache. `Cache-Control` is read as RFC 9111 means it for requests: `no-store` keeps nothing and
 * reads nothing, `no-cache` asks for a fresh answer, `max-age` bounds the age. The other gateways'
 * switches are understood so that their users need not change their code.
 */
export function cachePolicy(
	settings: Settings["cache"],
	headers: Headers,
): CachePolicy | undefined {
	if (settings.mode === "off") return undefined;
	const asked = wantedByCaller(headers);
	if (settings.mode === "on-request" && !asked.isWanted) return undefined;
	const namespace =
		headers["x-llmproxy-cache-namespace"] ?? headers["x-portkey-cache-namespace"] ?? "";
	const ttlMs = Math.min(asked.ttlMs ?? settings.ttlSeconds * 1000, settings.ttlSeconds * 1000);
	return {
		mayRead: !asked.isFresh && !asked.isPrivate,
		mayKeep: !asked.isPrivate && ttlMs > 0,
		ttlMs,
		namespace: namespace.slice(0, 128),
	};
}

interface Asked {
	readonly isWanted: boolean;
	/** A new answer, whatever is kept. */
	readonly isFresh: boolean;
	/** Nothing of this request may be kept or shared. */
	readonly isPrivate: boolean;
	readonly ttlMs: number | undefined;
}

function wantedByCaller(headers: Headers): Asked {
	const directives = directivesOf(headers["cache-control"]);
	const maxAge = directives.get("max-age") ?? headers["cf-aig-cache-ttl"];
	const ttlMs = secondsOf(maxAge);
	return {
		isWanted:
			ttlMs !== undefined ||
			isTrue(headers["x-llmproxy-cache"]) ||
			isTrue(headers["helicone-cache-enabled"]),
		isFresh: directives.has("no-cache") || isTrue(headers["x-portkey-cache-force-refresh"]),
		isPrivate: directives.has("no-store") || isTrue(headers["cf-aig-skip-cache"]),
		ttlMs,
	};
}

function directivesOf(header: string | undefined): ReadonlyMap<string, string> {
	const pairs = (header ?? "").split(",").map((directive): [string, string] => {
		const [name = "", value = ""] = directive.split("=", 2);
		return [name.trim().toLowerCase(), value.trim()];
	});
	return new Map(pairs.filter(([name]) => name !== ""));
}

function secondsOf(text: string | undefined): number | undefined {
	if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
	return Number(text) * 1000;
}

function isTrue(value: string | undefined): boolean {
	return value?.trim().toLowerCase() === "true";
}
