import type { PreparedText, Stretch } from "./prepare-examples.ts";

/** A stretch with so many of its words in a row from ordinary documents is a part of one. */
const knownShare = 0.6;

/**
 * Tells which stretches occur in ordinary documents among `texts`. Attacks are put into documents that
 * occur without them, too; what those say is no attack.
 */
export function createOrdinaryTest(
	texts: readonly Pick<PreparedText, "role" | "windows" | "isAttack">[],
): (stretch: Pick<Stretch, "runs">) => boolean {
	const ordinary = new Set<number>();
	for (const { role, windows, isAttack } of texts) {
		if (role !== "document" || isAttack) continue;
		for (const { runs } of windows) for (const run of runs) ordinary.add(run);
	}
	return ({ runs }) => {
		const known = runs.reduce((count, run) => count + (ordinary.has(run) ? 1 : 0), 0);
		return runs.length > 0 && known >= runs.length * knownShare;
	};
}
