import type { PointLayer, ThreatsSettings } from "../contract/threat-settings.ts";
import type { Actor } from "./actors.ts";
import { thresholdOf } from "./decay.ts";
import type { Entry, ScoreBook } from "./score-book.ts";
import type { Cause } from "./weigh-request.ts";

/** Causes kept for each actor: enough to see why, little enough to keep for everybody. */
export const causesMax = 8;
/** Less than this is as good as nothing. */
export const scoreMin = 0.05;

interface Parts {
	readonly scores: ScoreBook;
	readonly settings: () => ThreatsSettings;
	readonly escalate: (entry: Entry) => void;
}

/** Adds what one event counts to an actor's score, or takes the allowance off when it counts nothing. */
export function addPoints({ scores, settings, escalate }: Parts) {
	return (actor: Actor, causes: readonly Cause[]): void => {
		const config = settings();
		const known = scores.get(actor.id);
		if (causes.length === 0 && known === undefined) return;
		const entry = scores.open(actor.id, actor);
		const gained = causes.reduce((sum, cause) => sum + pointsOf(cause, entry, config), 0);
		const next = Math.max(0, entry.score + gained - config.allowance);
		entry.unsent += next - entry.score;
		entry.score = next;
		scores.changed.add(actor.id);
		if (gained > 0) {
			const newest = causes.toSorted((a, b) => b.points - a.points);
			entry.causes = [...newest, ...entry.causes].slice(0, causesMax);
			entry.unsentCauses = [...newest, ...entry.unsentCauses].slice(0, causesMax);
			escalate(entry);
		}
	};
}

/** Whoever only asks too often is slowed down, however often. */
const bounded: Partial<Record<PointLayer, 2>> = { limits: 2 };
const epsilon = 0.001;

function pointsOf({ layer, points }: Cause, { score }: Entry, settings: ThreatsSettings): number {
	const rank = bounded[layer];
	if (rank === undefined) return points;
	// Up to the middle of the step that it may lead to.
	const from = thresholdOf(rank, settings.thresholds);
	const next = thresholdOf(3, settings.thresholds);
	const ceiling = Math.max(from, (from + next) / 2 - epsilon);
	return Math.min(points, Math.max(0, ceiling - score));
}
