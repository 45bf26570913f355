import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { AttackerKind, ThreatFilters } from "../../contracts/threats.ts";
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
	/** The same period in the coarsest cells, which is all that a ranking needs. */
	readonly whole: readonly WeekPiece[];
	readonly kind: AttackerKind;
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

const columns: Readonly<Record<AttackerKind, string>> = {
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
	const isWhole = isUnfiltered(asked) && asked.kind !== "session";
	const { top, total, read } = await findTop(prisma, asked, isWhole);
	const sampledEvents = !isWhole && read >= sampledMax ? sampledMax : null;
	if (top.length === 0) return { items: [], total, sampledEvents };
	const facts = isWhole ? summedFacts(asked, top) : eventFacts(asked, newestEvents(asked), top);
	const { items } = await queryFacts<{ items: readonly RankedActor[] }>(
		prisma,
		Prisma.sql`
		SELECT coalesce(json_agg(t ORDER BY weight DESC, id), '[]') AS items FROM (
			SELECT actor AS id, sum(events)::int AS events, sum(blocked)::int AS blocked,
				sum(would_block)::int AS "wouldBlock", sum(weight)::int AS weight, max(worst) AS worst,
				(extract(epoch FROM max(last_at)) * 1000)::bigint AS "lastAt",
				json_agg(json_build_object('at', (extract(epoch FROM slot) * 1000)::bigint, 'weight', weight)) AS slots
			FROM (
				SELECT actor, slot, sum(events) AS events, sum(blocked) AS blocked, sum(would_block) AS would_block,
					sum(weight) AS weight, max(worst) AS worst, max(last_at) AS last_at
				FROM (${facts}) AS facts GROUP BY 1, 2) AS steps
			GROUP BY actor) AS t`,
	);
	return { items, total, sampledEvents };
}

interface Top {
	readonly top: readonly string[];
	readonly total: number;
	readonly read: number;
}

function findTop(prisma: PrismaClient, asked: ActorsAsked, isWhole: boolean): Promise<Top> {
	const { kind, limit, whole } = asked;
	const column = Prisma.raw(columns[kind]);
	const weighed = (events: Prisma.Sql) =>
		Prisma.sql`SELECT ${column} AS actor, ${Prisma.raw(weightExpression)} AS weight, 1 AS events FROM ${events}`;
	const parts = whole.map((piece) =>
		piece.source === "ledger"
			? weighed(eventsOf(piece))
			: Prisma.sql`SELECT party AS actor, weight, events FROM threat_party_rollups
				WHERE ${cellsOf(piece)} AND kind = ${kind}`,
	);
	const facts = isWhole ? Prisma.join(parts, " UNION ALL ") : weighed(newestEvents(asked));
	return queryFacts<Top>(
		prisma,
		Prisma.sql`
		WITH ranked AS MATERIALIZED (
			SELECT actor, sum(weight) AS weight, sum(events) AS events FROM (${facts}) AS facts GROUP BY actor
		), top AS (SELECT actor FROM ranked WHERE actor IS NOT NULL ORDER BY weight DESC, actor LIMIT ${limit})
		SELECT (SELECT coalesce(json_agg(actor), '[]') FROM top) AS top,
			(SELECT count(actor)::int FROM ranked) AS total, (SELECT coalesce(sum(events), 0)::int FROM ranked) AS read`,
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
	return Prisma.sql`WITH newest AS MATERIALIZED (SELECT * FROM ${newestEvents(asked)}) ${partiesOf(Prisma.sql`newest`)}`;
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

function newestEvents({ pieces, scope, filters }: Asked): Prisma.Sql {
	const from = pieces[0]?.from ?? new Date(0);
	const to = pieces.at(-1)?.to ?? new Date(0);
	const conditions = [
		Prisma.sql`at >= ${from} AND at < ${to}`,
		scopeCondition(scope),
		...threatConditions(filters),
	];
	return Prisma.sql`(SELECT * FROM threat_events WHERE ${Prisma.join(conditions, " AND ")}
		ORDER BY at DESC LIMIT ${sampledMax}) AS newest`;
}

function eventFacts(asked: FactsAsked, events: Prisma.Sql, top: readonly string[]): Prisma.Sql {
	const actor = Prisma.raw(columns[asked.kind]);
	return Prisma.sql`
		SELECT ${slotOf(asked)} AS slot, ${actor} AS actor, count(*) AS events,
			count(*) FILTER (WHERE action = 'block') AS blocked,
			count(*) FILTER (WHERE would_be = 'block') AS would_block,
			sum(${Prisma.raw(weightExpression)}) AS weight, max(${Prisma.raw(rankExpression)}) AS worst,
			max(at) AS last_at
		FROM ${events} WHERE ${actor} = ANY(${top}) GROUP BY 1, 2`;
}
