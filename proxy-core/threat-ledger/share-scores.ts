import type { ThreatsSettings } from "../contract/threat-settings.ts";
import { actorId } from "./actors.ts";
import { causesMax, scoreMin } from "./add-points.ts";
import { decayed, rankOf, rankOfLevel } from "./decay.ts";
import type { Entry, ScoreBook } from "./score-book.ts";
import type { ScoreChange, SharedScore } from "./threat-store.ts";

/**
 * Keeps this node's scores in step with everybody's. A node adds up what it saw, hands it over every
 * second or so, and takes on what all nodes together make of it; while the store is away it goes on
 * with what it knows.
 */
export interface ScoreSharing {
	/** What the store does not know yet; must be followed by `confirm` or `putBack`. */
	readonly takeChanges: (countMax: number) => readonly ScoreChange[];
	/** What the store made of the changes; an actor may get further by what other nodes saw. */
	readonly confirm: (scores: readonly SharedScore[]) => void;
	/** The store could not be reached. */
	readonly putBack: (changes: readonly ScoreChange[]) => void;
	/** Scores that other nodes changed. */
	readonly adopt: (scores: readonly SharedScore[]) => void;
}

interface Parts {
	readonly scores: ScoreBook;
	readonly settings: () => ThreatsSettings;
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly escalate: (entry: Entry) => void;
}

/** A change this small can wait for more. */
const changeMin = 0.01;
/** After these nothing is left of any score. */
const staleHalfLives = 20;
/** Looked at each time; whoever is older comes first. */
const staleLookMax = 200;

export function createScoreSharing({ scores, settings, now, escalate }: Parts): ScoreSharing {
	const entryOf = ({ kind, value }: Pick<SharedScore, "kind" | "value">) =>
		scores.get(actorId(kind, value));
	const takeOn = (shared: SharedScore): Entry => {
		const entry = scores.open(actorId(shared.kind, shared.value), shared);
		const halfLifeMs = settings().halfLifeSeconds * 1000;
		const theirs = decayed(shared.score, shared.ageMs, halfLifeMs);
		entry.score = Math.max(0, theirs + entry.unsent + entry.underway);
		entry.bans = Math.max(entry.bans, shared.bans);
		if (shared.causes !== undefined && shared.causes.length > 0) {
			entry.causes = [...entry.unsentCauses, ...shared.causes].slice(0, causesMax);
		}
		if (entry.score < scoreMin && Math.abs(entry.unsent) < changeMin) {
			scores.remove(actorId(shared.kind, shared.value));
		}
		return entry;
	};
	const forgetStale = () => {
		const staleMs = staleHalfLives * settings().halfLifeSeconds * 1000;
		for (const [id, entry] of scores.oldest(staleLookMax)) {
			if (now() - entry.atMs > staleMs) scores.remove(id);
		}
	};
	return {
		takeChanges: (countMax) => {
			const changes: ScoreChange[] = [];
			forgetStale();
			for (const id of scores.changed) {
				if (changes.length >= countMax) break;
				scores.changed.delete(id);
				const entry = scores.get(id);
				if (entry === undefined) continue;
				scores.age(entry);
				if (Math.abs(entry.unsent) < changeMin) continue;
				const { kind, value, reach, unsent, unsentCauses } = entry;
				changes.push({ kind, value, reach, delta: unsent, causes: unsentCauses });
				entry.underway = unsent;
				entry.unsent = 0;
				entry.unsentCauses = [];
			}
			return changes;
		},
		confirm: (shared) => {
			for (const score of shared) {
				const entry = entryOf(score);
				// Forgotten meanwhile, or forgiven: what the store says then comes with the next change.
				if (entry === undefined) continue;
				entry.underway = 0;
				escalate(takeOn(score));
			}
		},
		putBack: (changes) => {
			for (const { kind, value, causes } of changes) {
				const entry = entryOf({ kind, value });
				if (entry === undefined) continue;
				entry.unsent += entry.underway;
				scores.changed.add(actorId(kind, value));
				entry.underway = 0;
				entry.unsentCauses = [...entry.unsentCauses, ...causes].slice(0, causesMax);
			}
		},
		adopt: (shared) => {
			const { thresholds, reach } = settings();
			for (const score of shared) {
				const entry = takeOn(score);
				// Whoever saw it happen has told it.
				const rank = Math.min(rankOf(entry.score, thresholds), rankOfLevel(reach[entry.reach]));
				entry.rank = Math.max(entry.rank, rank);
			}
		},
	};
}
