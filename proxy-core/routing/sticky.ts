import type { Candidate, Ranked } from "./strategies/strategy.ts";

/**
 * Orders candidates for one session by weighted rendezvous hashing: the same session gets the same
 * order wherever it is asked, without anybody remembering it, and when a target drops out only its own
 * sessions move. Weights give each target its share of sessions.
 */
export function rankForSession(ranked: readonly Ranked[], session: string): readonly Ranked[] {
	return ranked
		.map((entry) => ({ entry, key: keyOf(entry.candidate, session) }))
		.toSorted((a, b) => b.key - a.key)
		.map(({ entry }) => entry);
}

/** −w / ln h, with h evenly spread between 0 and 1 (Schindelhauer and Schomaker, 2005). */
function keyOf({ target, weight }: Candidate, session: string): number {
	return -Math.max(weight, 0) / Math.log(evenly(`${session}\n${target.id}`));
}

/**
 * A text as a number between 0 and 1, both excluded. Two FNV-1a sums of 32 bits with MurmurHash3's
 * finish: even enough to share sessions out, at a tenth of the price of a cryptographic digest. Nothing
 * is protected by it: whoever chooses a session's name may choose its target.
 */
function evenly(text: string): number {
	let high = 0x811c9dc5;
	let low = 0x1b873593;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		high = Math.imul(high ^ unit, 0x01000193);
		low = Math.imul(low ^ unit, 0x85ebca6b);
	}
	return (mixed(high) * 2 ** 20 + (mixed(low ^ high) >>> 12) + 1) / (2 ** 52 + 1);
}

function mixed(value: number): number {
	let hash = value ^ (value >>> 16);
	hash = Math.imul(hash, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
