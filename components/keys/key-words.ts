import type { Key } from "../../lib/contracts/keys.ts";
import { formatCount } from "../../lib/format/numbers.ts";

export function limitInWords(requestsPerMinute: number | null): string {
	if (requestsPerMinute === null) return "default";
	return requestsPerMinute === 0 ? "no limit" : `${formatCount(requestsPerMinute)} / min`;
}

/** How its token starts. Tokens of the environment have forms of their own. */
export function prefixInWords(key: Key): string {
	return key.origin === "environment" ? "from the environment" : `${key.prefix}…`;
}

/** Why a key cannot be changed here; undefined when it can. */
export function fixedBecause(key: Key): string | undefined {
	if (key.origin === "environment") {
		return "Set in the environment. Change LLMPROXY_API_KEYS and restart to alter or remove it.";
	}
	if (key.status === "revoked") return "Revoked for good. Create a new key instead.";
	return undefined;
}

export interface KeyFilter {
	readonly status: Key["status"] | "all";
	/** Only keys of this person. */
	readonly ownerId: string | undefined;
	/** Part of a name, a prefix, an owner's or a team's name. */
	readonly search: string;
}

export function filterKeys(keys: readonly Key[], filter: KeyFilter): readonly Key[] {
	const search = filter.search.trim().toLowerCase();
	return keys.filter((key) => {
		if (filter.status !== "all" && key.status !== filter.status) return false;
		if (filter.ownerId !== undefined && key.owner?.id !== filter.ownerId) return false;
		const texts = [key.name, key.prefix, key.owner?.name ?? "", key.team?.name ?? ""];
		return texts.some((text) => text.toLowerCase().includes(search));
	});
}
