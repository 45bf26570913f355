import { mayUse } from "../../../proxy-core/routing/model-access.ts";
import type { KeyRecord, Target } from "../../../proxy-core/snapshot.ts";

type Named = Pick<Target, "id" | "model">;

export interface KeyAccess {
	/** Keys that may use a target now. */
	readonly callersOf: (target: Named) => readonly KeyRecord[];
}

/** Many keys share a few lists of patterns, so each list is compared once for a target. */
export function createKeyAccess(keys: Iterable<KeyRecord>, nowMs: number): KeyAccess {
	const usable = [...keys].filter(
		({ revokedAtMs, expiresAtMs }) =>
			revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs),
	);
	const groups = [
		...Map.groupBy(usable, ({ allowedModels }) => allowedModels.join("\n")).values(),
	].map((members) => ({ patterns: members[0]?.allowedModels ?? [], members }));
	return {
		callersOf: (target) =>
			groups.flatMap(({ patterns, members }) => (mayUse(patterns, target) ? members : [])),
	};
}

/** The pattern by which a key may use a target; undefined: it may use every model. */
export function patternFor(key: KeyRecord, target: Named): string | undefined {
	return key.allowedModels.find((pattern) => mayUse([pattern], target));
}
