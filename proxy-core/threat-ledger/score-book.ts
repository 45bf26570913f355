import type { ActorKind } from "../contract/threat-settings.ts";
import type { Actor } from "./actors.ts";
import { decayed } from "./decay.ts";
import type { Cause } from "./weigh-request.ts";

/** What this node knows of one actor. Scores are as of `atMs` and decay from there. */
export interface Entry {
	readonly kind: ActorKind;
	readonly value: string;
	readonly reach: ActorKind;
	score: number;
	atMs: number;
	/** The furthest level that was told. */
	rank: number;
	/** Bans so far; each lasts longer. */
	bans: number;
	/** Change of the score that the store does not know yet, as of `atMs`. */
	unsent: number;
	/** What the store was just told and has not confirmed. */
	underway: number;
	/** Newest first. */
	causes: readonly Cause[];
	unsentCauses: readonly Cause[];
}

export interface ScoreBook {
	/** The score now; 0 for strangers. Does not count as use. */
	readonly peek: (id: string) => number;
	readonly get: (id: string) => Entry | undefined;
	/** The entry with its score as of now; made when there is none. The least recently used one makes room. */
	readonly open: (id: string, actor: Pick<Actor, "kind" | "value" | "reach">) => Entry;
	readonly remove: (id: string) => void;
	/** The entries that were not used for longest. */
	readonly oldest: (countMax: number) => readonly [string, Entry][];
	/** Entries with a change that the store does not know. */
	readonly changed: Set<string>;
	readonly size: () => number;
	/** Brings an entry's numbers to now. */
	readonly age: (entry: Entry) => void;
}

interface Options {
	readonly actorsMax: number;
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly halfLifeMs: () => number;
}

/** Scores in bounded memory. */
export function createScoreBook({ actorsMax, now, halfLifeMs }: Options): ScoreBook {
	const entries = new Map<string, Entry>();
	const changed = new Set<string>();
	const remove = (id: string) => {
		entries.delete(id);
		changed.delete(id);
	};
	const age = (entry: Entry) => {
		const ageMs = now() - entry.atMs;
		if (ageMs <= 0) return;
		const half = halfLifeMs();
		entry.score = decayed(entry.score, ageMs, half);
		entry.unsent = decayed(entry.unsent, ageMs, half);
		entry.underway = decayed(entry.underway, ageMs, half);
		entry.atMs = now();
	};
	return {
		age,
		peek: (id) => {
			const entry = entries.get(id);
			return entry === undefined ? 0 : decayed(entry.score, now() - entry.atMs, halfLifeMs());
		},
		get: (id) => entries.get(id),
		open: (id, { kind, value, reach }) => {
			const entry = entries.get(id) ?? newEntry(kind, value, reach);
			if (entry.atMs === 0) entry.atMs = now();
			age(entry);
			// Deleting first moves it to the end, where the youngest are.
			entries.delete(id);
			entries.set(id, entry);
			if (entries.size > actorsMax) {
				const oldest = entries.keys().next();
				if (oldest.done !== true) remove(oldest.value);
			}
			return entry;
		},
		remove,
		changed,
		oldest: (countMax) => entries.entries().take(countMax).toArray(),
		size: () => entries.size,
	};
}

function newEntry(kind: ActorKind, value: string, reach: ActorKind): Entry {
	return {
		kind,
		value,
		reach,
		score: 0,
		atMs: 0,
		rank: 0,
		bans: 0,
		unsent: 0,
		underway: 0,
		causes: [],
		unsentCauses: [],
	};
}
