import type { ActorKind, ThreatLevel } from "../contract/threat-settings.ts";
import type { Cause } from "./weigh-request.ts";

/** What a node has to add to an actor's score. */
export interface ScoreChange {
	readonly kind: ActorKind;
	readonly value: string;
	readonly reach: ActorKind;
	/** As of the moment it is sent; negative for requests that nothing was wrong with. */
	readonly delta: number;
	/** Newest first. */
	readonly causes: readonly Cause[];
}

/** An actor's score over all nodes. */
export interface SharedScore {
	readonly kind: ActorKind;
	readonly value: string;
	readonly reach: ActorKind;
	readonly score: number;
	/** How long ago that was the score. */
	readonly ageMs: number;
	readonly bans: number;
	/** Newest first; of this node's own changes left out. */
	readonly causes?: readonly Cause[];
}

/** Something that the ledger decided by itself, to be written down and told to everybody. */
export interface Escalation {
	readonly kind: ActorKind;
	readonly value: string;
	readonly level: ThreatLevel;
	/** Nothing was done: the ledger only watches. */
	readonly isMonitored: boolean;
	readonly score: number;
	/** Epoch milliseconds. */
	readonly at: number;
	/** Set when it banned. */
	readonly untilMs: number | undefined;
	/** Newest first. */
	readonly causes: readonly Cause[];
}
