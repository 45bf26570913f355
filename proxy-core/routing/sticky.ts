import { hash } from "node:crypto";
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
	const digest = hash("sha256", `${session}\n${target.id}`, "buffer");
	const evenly = (digest.readUIntBE(0, 6) + 1) / (2 ** 48 + 1);
	return -Math.max(weight, 0) / Math.log(evenly);
}
