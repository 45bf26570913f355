import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { ActorKind } from "../../../proxy-core/contract/threat-settings.ts";
import type { ThreatFilters } from "../../contracts/threats.ts";
import { rankExpression, weightExpression } from "../threats-events/classify-events.ts";
import type { UsagePiece } from "../usage/split-period.ts";
import type { WeekPiece } from "../usage/whole-weeks.ts";
import type { LedgerScope } from "./ledger-scope.ts";
import { scopeCondition } from "./ledger-scope.ts";
import { threatConditions } from "./threat-conditions.ts";
import { partyStep, slotOf } from "./threat-facts.ts";
import { queryFacts } from "./usage-facts.ts";

interface Asked {
	readonly pieces: readonly WeekPiece[];
	readonly scope: LedgerScope;
	readonly filters: ThreatFilters;
}

export interface ActorsAsked extends Omit<Asked, "pieces"> {
	readonly pieces: readonly UsagePiece[];
	/** Whether the pieces are only the newest part of what was asked for. */
	readonly isSampled: boolean;
	/** The same period in the coarsest cells, which is all that a ranking needs. */
	readonly whole: readonly WeekPiece[];
	readonly kind: ActorKind;
	readonly step: { readonly seconds: number; readonly from: Date };
	readonly limit: number;
}

export interface RankedActor {
	readonly id: string;
	readonly events: number;
	readonly blocked: number;
	readonly wouldBlock: number;
	readonly weight: number;
	/** Rank of the worst severity. */
	readonly worst: number;
	/** Epoch milliseconds. */
	readonly lastAt: number;
	readonly slots: readonly { readonly at: number; readonly weight: number }[];
}

export interface ActorRanking {
	readonly items: readonly RankedActor[];
	readonly total: number;
	/** The newest events of so many were looked at; null when all were. */
	readonly sampledEvents: number | null;
}

/**
 * Sums are kept of everybody's events together, and of sessions, of which there may be as many as events,
 * none at all. Of everything else so many of the newest events are read.
 */
const sampledMax = 10_000;

const columns: Readonly<Record<ActorKind, string>> = {
	ip: "ip",
	key: "key_id",
	user: "end_user",
	session: "session",
	fingerprint: "fingerprint",
};

/**
 * Whom most of the weight came from, with the course of it. Only those on top are looked at more closely:
 * there may be as many others as events.
 */
export async function rankActors(prisma: PrismaClient, asked: ActorsAsked): Promise<ActorRanking> {
	if (!isUnfiltered(asked) || asked.kind === "session") return rankNewest(prisma, asked);
	const { top, total } = await findTop(prisma, asked);
	if (top.length === 0) return { items: [], total, sampledEvents: null };
	const { items } = await queryFacts<{ items: readonly RankedActor[] }>(
		prisma,
		Prisma.sql`SELECT ${itemsOf(summedFacts(asked, top))} AS items`,
	);
	return { items, total, sampledEvents: null };
}

/** As JSON, the heaviest first. */
function itemsOf(facts: Prisma.Sql): Prisma.Sql {
	return Prisma.sql`(
		SELECT coalesce(json_agg(t ORDER BY weight DESC, id), '[]') FROM (
			SELECT actor AS id, sum(events)::int AS events, sum(blocked)::int AS blocked,
				sum(would_block)::int AS "wouldBlock", sum(weight)::int AS weight, max(worst) AS worst,
				(extract(epoch FROM max(last_at)) * 1000)::bigint AS "lastAt",
				json_agg(json_build_object('at', (extract(epoch FROM slot) * 1000)::bigint, 'weight', weight)) AS slots
			FROM (
				SELECT actor, slot, sum(events) AS events, sum(blocked) AS blocked, sum(would_block) AS would_block,
					sum(weight) AS weight, max(worst) AS worst, max(last_at) AS last_at
				FROM (${facts}) AS facts GROUP BY 1, 2) AS steps
			GROUP BY actor) AS t)`;
}

const ranked = Prisma.sql`ranked AS MATERIALIZED (
	SELECT actor, sum(weight) AS weight, sum(events) AS events FROM facts GROUP BY actor)`;

function topOf(limit: number): Prisma.Sql {
	return Prisma.sql`SELECT actor FROM ranked WHERE actor IS NOT NULL ORDER BY weight DESC, actor LIMIT ${limit}`;
}

/** The events are read once, however little of them is kept. */
async function rankNewest(prisma: PrismaClient, asked: ActorsAsked): Promise<ActorRanking> {
	const { items, total, read } = await queryFacts<{
		items: readonly RankedActor[];
		total: number;
		read: number;
	}>(
		prisma,
		Prisma.sql`
		WITH newest AS MATERIALIZED (${newestEvents(asked, `at, severity, action, would_be, ${columns[asked.kind]}`)}),
		facts AS MATERIALIZED (${eventFacts(asked, Prisma.sql`newest`)}), ${ranked}, top AS (${topOf(asked.limit)})
		SELECT ${itemsOf(Prisma.sql`SELECT * FROM facts WHERE actor IN (SELECT actor FROM top)`)} AS items,
			(SELECT count(actor)::int FROM ranked) AS total,
			(SELECT coalesce(sum(events), 0)::int FROM ranked) AS read`,
	);
	const isSampled = asked.isSampled || read >= sampledMax;
	return { items, total, sampledEvents: isSampled ? read : null };
}

async function findTop(
	prisma: PrismaClient,
	{ kind, limit, whole }: ActorsAsked,
): Promise<{ readonly top: readonly string[]; readonly total: number }> {
	const column = Prisma.raw(columns[kind]);
	const parts = whole.map((piece) =>
		piece.source === "ledger"
			? Prisma.sql`SELECT ${column} AS actor, ${Prisma.raw(weightExpression)} AS weight, 1 AS events
				FROM ${eventsOf(piece)}`
			: Prisma.sql`SELECT party AS actor, weight, events FROM threat_party_rollups
				WHERE ${cellsOf(piece)} AND kind = ${kind}`,
	);
	return queryFacts(
		prisma,
		Prisma.sql`
		WITH facts AS (${Prisma.join(parts, " UNION ALL ")}), ${ranked}, top AS (${topOf(limit)})
		SELECT (SELECT coalesce(json_agg(actor), '[]') FROM top) AS top,
			(SELECT count(actor)::int FROM ranked) AS total`,
	);
}

/** How many different addresses and keys there are; at least so many when sampled. */
export async function countParties(
	prisma: PrismaClient,
	asked: Asked,
): Promise<{ readonly attackers: number; readonly keys: number; readonly isSampled: boolean }> {
	const isWhole = isUnfiltered(asked);
	const parties = isWhole ? summedParties(asked) : sampledParties(asked);
	const { counted } = await queryFacts<{
		counted: { attackers: number; keys: number; read: number };
	}>(
		prisma,
		// Grouping counts different ones in memory, where `count(DISTINCT …)` would sort them.
		Prisma.sql`
		SELECT json_build_object('attackers', count(*) FILTER (WHERE kind = 'ip'),
			'keys', count(*) FILTER (WHERE kind = 'key'),
			'read', coalesce(sum(read) FILTER (WHERE kind = 'ip'), 0)) AS counted
		FROM (SELECT kind, party, sum(read) AS read FROM (${parties}) AS parties
			WHERE party IS NOT NULL GROUP BY 1, 2) AS different`,
	);
	const { attackers, keys, read } = counted;
	return { attackers, keys, isSampled: !isWhole && read >= sampledMax };
}

type FactsAsked = Asked & Pick<ActorsAsked, "kind"> & Partial<Pick<ActorsAsked, "step">>;

function isUnfiltered({ scope, filters }: Asked): boolean {
	return scope.all && Object.values(filters).every((value) => value === undefined);
}

function summedFacts(asked: FactsAsked, top: readonly string[]): Prisma.Sql {
	const parts = asked.pieces.map((piece) =>
		piece.source === "ledger"
			? eventFacts(asked, eventsOf(piece), top)
			: Prisma.sql`
				SELECT ${slotOf(asked)} AS slot, party AS actor, events, blocked, would_block, weight, worst, last_at
				FROM threat_party_rollups
				WHERE ${cellsOf(piece)} AND kind = ${asked.kind} AND party = ANY(${top})`,
	);
	return Prisma.join(parts, " UNION ALL ");
}

function summedParties(asked: Asked): Prisma.Sql {
	const parts = asked.pieces.map((piece) =>
		piece.source === "ledger"
			? partiesOf(eventsOf(piece))
			: Prisma.sql`SELECT kind, party, 0 AS read FROM threat_party_rollups
				WHERE ${cellsOf(piece)} AND kind IN ('ip', 'key')`,
	);
	return Prisma.join(parts, " UNION ALL ");
}

function sampledParties(asked: Asked): Prisma.Sql {
	return Prisma.sql`WITH newest AS MATERIALIZED (${newestEvents(asked, "ip, key_id")}) ${partiesOf(Prisma.sql`newest`)}`;
}

function partiesOf(events: Prisma.Sql): Prisma.Sql {
	return Prisma.sql`SELECT p.kind, p.party, 1 AS read FROM ${events}
		CROSS JOIN LATERAL (VALUES ('ip', ip), ('key', key_id)) AS p (kind, party)`;
}

function cellsOf({ source, from, to }: WeekPiece): Prisma.Sql {
	const step = source === 604_800 ? source : partyStep(source);
	return Prisma.sql`step_seconds = ${step} AND at >= ${from} AND at < ${to}`;
}

function eventsOf({ from, to }: Pick<WeekPiece, "from" | "to">): Prisma.Sql {
	return Prisma.sql`(SELECT * FROM threat_events WHERE at >= ${from} AND at < ${to}) AS events`;
}

/** These columns and no others: rows of events are long, and they are kept until all were read. */
function newestEvents(
	{ pieces, scope, filters }: Pick<ActorsAsked, "pieces" | "scope" | "filters"> | Asked,
	told: string,
): Prisma.Sql {
	const from = pieces[0]?.from ?? new Date(0);
	const to = pieces.at(-1)?.to ?? new Date(0);
	const conditions = [
		Prisma.sql`at >= ${from} AND at < ${to}`,
		scopeCondition(scope),
		...threatConditions(filters),
	];
	return Prisma.sql`SELECT ${Prisma.raw(told)} FROM threat_events WHERE ${Prisma.join(conditions, " AND ")}
		ORDER BY at DESC LIMIT ${sampledMax}`;
}

function eventFacts(asked: FactsAsked, events: Prisma.Sql, top?: readonly string[]): Prisma.Sql {
	const actor = Prisma.raw(columns[asked.kind]);
	const ofTop = top === undefined ? Prisma.empty : Prisma.sql`WHERE ${actor} = ANY(${top})`;
	return Prisma.sql`
		SELECT ${slotOf(asked)} AS slot, ${actor} AS actor, count(*) AS events,
			count(*) FILTER (WHERE action = 'block') AS blocked,
			count(*) FILTER (WHERE would_be = 'block') AS would_block,
			sum(${Prisma.raw(weightExpression)}) AS weight, max(${Prisma.raw(rankExpression)}) AS worst,
			max(at) AS last_at
		FROM ${events} ${ofTop} GROUP BY 1, 2`;
}
