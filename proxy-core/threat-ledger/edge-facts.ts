import { edgeHeaders } from "../contract/edge-headers.ts";

export interface EdgeFacts {
	/** `ja4:…` or `ja3:…`. */
	readonly fingerprint: string | undefined;
	/** ISO 3166 code of two letters. */
	readonly country: string | undefined;
	/** How suspicious the edge finds the connection, 0 to 1. */
	readonly score: number;
}

type Headers = Readonly<Record<string, string | undefined>>;

const fingerprintLengthMax = 200;

/** Reads what the edge says. `headers` must be free of claims that nobody trusts. */
export function readEdgeFacts(headers: Headers): EdgeFacts {
	return {
		fingerprint: fingerprintOf(headers),
		country: countryOf(headers),
		score: scoreOf(headers),
	};
}

function fingerprintOf(headers: Headers): string | undefined {
	for (const name of edgeHeaders.fingerprint) {
		const value = headers[name]?.trim();
		if (value === undefined || value.length < 8 || value.length > fingerprintLengthMax) continue;
		if (!isPlain(value)) continue;
		return `${name.includes("ja4") ? "ja4" : "ja3"}:${value}`;
	}
	return undefined;
}

/** Visible ASCII: fingerprints are digests or lists of numbers. */
function isPlain(text: string): boolean {
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code < 0x21 || code > 0x7e) return false;
	}
	return true;
}

function countryOf(headers: Headers): string | undefined {
	for (const name of edgeHeaders.country) {
		const value = headers[name]?.trim().toUpperCase();
		if (value !== undefined && /^[A-Z]{2}$/.test(value) && value !== "XX") return value;
	}
	return undefined;
}

function scoreOf(headers: Headers): number {
	for (const name of edgeHeaders.score) {
		const value = Number(headers[name] ?? Number.NaN);
		if (Number.isFinite(value)) return Math.min(1, Math.max(0, value / 100));
	}
	return 0;
}
