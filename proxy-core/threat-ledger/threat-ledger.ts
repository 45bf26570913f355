import type { SettledRecord } from "../contract/settled-record.ts";
import type { ActorKind, ThreatLevel, ThreatsSettings } from "../contract/threat-settings.ts";
import type { Severity } from "../contract/threats.ts";
import type { Actor } from "./actors.ts";
import { actorId, addressActor } from "./actors.ts";
import { addPoints } from "./add-points.ts";
import { createAddressRanges } from "./address-ranges.ts";
import type { Ban, BanBook } from "./ban-book.ts";
import { createBanBook } from "./ban-book.ts";
import { levelOfRank, rankOf, rankOfLevel } from "./decay.ts";
import { createEscalator } from "./escalate.ts";
import type { ScoreBook } from "./score-book.ts";
import { createScoreBook } from "./score-book.ts";
import type { ScoreSharing } from "./share-scores.ts";
import { createScoreSharing } from "./share-scores.ts";
import type { Escalation } from "./threat-store.ts";
import type { Cause } from "./weigh-request.ts";
import { weighEdge, weighEvent, weighRequest } from "./weigh-request.ts";

/** What is to be done about a request for those it comes from. */
export type ThreatStanding =
	| { readonly level: "none" }
	| { readonly level: "watch" }
	| {
			readonly level: "slow-down" | "challenge";
			readonly actor: Actor;
			/** 0 to 1: from just over the threshold to the one of a ban. */
			readonly severity: number;
	  }
	| { readonly level: "ban"; readonly ban: Ban };

/** What the request path asks of the ledger. Everything is answered from memory, at once. */
export interface ThreatLedger {
	readonly check: (actors: readonly Actor[]) => ThreatStanding;
	/** Counts what a request did against those it came from. */
	readonly observe: (request: ObservedRequest) => void;
}

export interface ObservedRequest {
	readonly record: SettledRecord;
	/** Undefined: nobody knows more than the address. */
	readonly actors: readonly Actor[] | undefined;
	/** The edge's opinion, 0 to 1. */
	readonly edgeScore: number;
}

/** The rest of it, for whoever keeps it in step with the other nodes and with people. */
export interface ThreatDesk extends ThreatLedger, ScoreSharing {
	readonly bans: BanBook;
	readonly scores: ScoreBook;
	/** Something outside of requests, such as a failed sign-in. */
	readonly note: (event: OutsideEvent) => void;
	/** Forgets an actor's score. */
	readonly forgive: (kind: ActorKind, value: string) => void;
	/** What was decided since the last call, oldest first. */
	readonly takeEscalations: () => readonly Escalation[];
	/** What `takeEscalations` would give. */
	readonly unstored: () => readonly Escalation[];
	/** Escalations that could not be written down come back. */
	readonly returnEscalations: (escalations: readonly Escalation[]) => void;
	/** Whether nothing is ever done about the actor. */
	readonly isAllowed: (actor: Actor) => boolean;
}

export interface OutsideEvent {
	readonly address: string;
	readonly layer: "sign-in";
	readonly rule: string;
	readonly severity: Severity;
}

export interface ThreatLedgerOptions {
	readonly settings: () => ThreatsSettings;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Addresses and ranges of the operator's own proxies. */
	readonly trustedProxies: readonly string[];
	/** Actors with a score that are remembered; some 30 MB when full. */
	readonly actorsMax?: number;
	readonly bansMax?: number;
}

const actorsMaxDefault = 50_000;
const bansMaxDefault = 50_000;

/**
 * Scores who attacks, across requests, and says what to do about it. Scores halve with time, grow with
 * findings and refusals, and shrink a little with every request that nothing was wrong with, so that a
 * busy caller's rare false alarms never add up (the one-sided CUSUM test of E. S. Page, 1954).
 */
export function createThreatLedger(options: ThreatLedgerOptions): ThreatDesk {
	const { settings, now, trustedProxies } = options;
	const halfLifeMs = () => settings().halfLifeSeconds * 1000;
	const scores = createScoreBook({
		actorsMax: options.actorsMax ?? actorsMaxDefault,
		now,
		halfLifeMs,
	});
	const bans = createBanBook({ bansMax: options.bansMax ?? bansMaxDefault, now });
	const isAllowed = createAllowance(settings, trustedProxies);
	const escalator = createEscalator({ settings, now, bans });
	const add = addPoints({ scores, settings, escalate: escalator.escalate });
	const sharing = createScoreSharing({ scores, settings, now, escalate: escalator.escalate });
	return {
		...sharing,
		bans,
		scores,
		isAllowed,
		takeEscalations: escalator.take,
		unstored: escalator.peek,
		returnEscalations: escalator.giveBack,
		check: (actors) => standingOf(actors, { settings: settings(), scores, bans, isAllowed }),
		observe: (request) => {
			const causes = causesOf(request, settings());
			// Nearly every request: nothing to say, about nobody who is known.
			if (causes === undefined || (causes.length === 0 && scores.size() === 0)) return;
			for (const actor of request.actors ?? [addressActor(request.record.ip)]) {
				const isStranger = scores.get(actor.id) === undefined;
				if (causes.length === 0 && isStranger) continue;
				if (!isAllowed(actor)) add(actor, causes);
			}
		},
		note: ({ address, ...event }) => {
			const config = settings();
			const actor = addressActor(address);
			if (config.mode === "off" || isAllowed(actor)) return;
			add(actor, [weighEvent({ ...event, at: now(), requestId: null }, config)]);
		},
		forgive: (kind, value) => scores.remove(actorId(kind, value)),
	};
}

/** What the ledger itself refused says nothing new about anybody. */
const ownRefusals: ReadonlySet<string> = new Set([
	"caller_banned",
	"challenge_required",
	"caller_slowed",
]);

/** Undefined: the request says nothing about anybody. */
function causesOf(
	{ record, edgeScore }: ObservedRequest,
	settings: ThreatsSettings,
): readonly Cause[] | undefined {
	if (settings.mode === "off" || ownRefusals.has(record.errorCode ?? "")) return undefined;
	const causes = weighRequest(record, settings);
	const edge = weighEdge(edgeScore, record, settings);
	return edge === undefined ? causes : [...causes, edge];
}

interface Books {
	readonly settings: ThreatsSettings;
	readonly scores: ScoreBook;
	readonly bans: BanBook;
	readonly isAllowed: (actor: Actor) => boolean;
}

function standingOf(
	actors: readonly Actor[],
	{ settings, scores, bans, isAllowed }: Books,
): ThreatStanding {
	// The usual case: nobody has done anything.
	if (scores.size() === 0 && bans.size() === 0) return calm;
	let worst: { readonly actor: Actor; readonly rank: number; readonly score: number } | undefined;
	for (const actor of actors) {
		const ban = bans.find(actor);
		if (ban !== undefined && !isAllowed(actor)) return { level: "ban", ban };
		if (settings.mode !== "enforce") continue;
		const score = scores.peek(actor.id);
		// A score can outlast its ban; it takes another event to be banned again.
		const reach = Math.min(rankOfLevel(settings.reach[actor.reach]), 3);
		const rank = Math.min(rankOf(score, settings.thresholds), reach);
		if (rank <= (worst?.rank ?? 0) || isAllowed(actor)) continue;
		worst = { actor, rank, score };
	}
	if (worst === undefined) return calm;
	const level = levelOfRank(worst.rank) as Exclude<ThreatLevel, "ban">;
	if (level === "watch") return { level };
	const { slowDown, ban } = settings.thresholds;
	const severity = Math.min(1, (worst.score - slowDown) / Math.max(0.001, ban - slowDown));
	return { level, actor: worst.actor, severity };
}

const calm: ThreatStanding = { level: "none" };

/** The lists are read anew only when the settings change. */
function createAllowance(
	settings: () => ThreatsSettings,
	trustedProxies: readonly string[],
): (actor: Actor) => boolean {
	let of: ThreatsSettings["allow"] | undefined;
	let ranges = createAddressRanges<true>();
	let keys: ReadonlySet<string> = new Set();
	return ({ kind, value, address }) => {
		const { allow } = settings();
		if (allow !== of) {
			of = allow;
			ranges = createAddressRanges();
			for (const range of [...allow.addresses, ...trustedProxies]) ranges.put(range, true);
			keys = new Set(allow.keyIds);
		}
		if (kind === "ip") return ranges.find(address ?? value) === true;
		return kind === "key" && keys.has(value);
	};
}
