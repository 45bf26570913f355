import type { Prisma, PrismaClient, ThreatEvent } from "../../../prisma/generated/client.ts";
import type { ThreatFilters } from "../../contracts/threats.ts";
import type { Period } from "../usage/split-period.ts";
import type { LedgerScope } from "./ledger-scope.ts";

export type ThreatRow = ThreatEvent;

/** The last event of the page before; the list goes on right behind it. */
export interface ThreatCursor {
	readonly at: Date;
	readonly requestId: string;
	readonly index: number;
}

export interface ThreatPage {
	readonly period: Period;
	readonly filters: ThreatFilters;
	readonly scope: LedgerScope;
	readonly after: ThreatCursor | undefined;
	readonly limit: number;
}

/** Newest first, by keyset: events that arrive meanwhile neither repeat nor hide others. */
export async function listThreatEvents(
	prisma: PrismaClient,
	{ period, filters, scope, after, limit }: ThreatPage,
): Promise<readonly ThreatRow[]> {
	const { from, to } = period;
	return prisma.threatEvent.findMany({
		where: {
			AND: [{ at: { gte: from, lte: to } }, toWhere(filters), scoped(scope), behind(after)],
		},
		orderBy: [{ at: "desc" }, { requestId: "asc" }, { index: "asc" }],
		take: limit,
	});
}

/** All events of one request that may be seen, in their order. */
export async function threatsOfRequest(
	prisma: PrismaClient,
	requestId: string,
	scope: LedgerScope,
): Promise<readonly ThreatRow[]> {
	return prisma.threatEvent.findMany({
		where: { AND: [{ requestId }, scoped(scope)] },
		orderBy: { index: "asc" },
	});
}

/** Events of one actor and family within a period, newest first. */
export async function threatsOfActor(
	prisma: PrismaClient,
	campaign: Pick<ThreatRow, "actorKind" | "actor" | "family"> & Period,
	limit: number,
): Promise<readonly ThreatRow[]> {
	const { actorKind, actor, family, from, to } = campaign;
	return prisma.threatEvent.findMany({
		where: {
			...{ actorKind, actor, family, at: { gte: from, lte: to } },
			...partyOfActor(actorKind, actor),
		},
		orderBy: { at: "desc" },
		take: limit,
	});
}

/** Says once more who it is, as columns that have an index; those of actors have none of their own. */
function partyOfActor(actorKind: string, actor: string): Prisma.ThreatEventWhereInput {
	switch (actorKind) {
		case "ip":
			return { ip: actor };
		case "key":
			return { keyId: actor };
		case "person":
			return { userId: actor };
		case "user":
			// Behind the team or the key that the end user belongs to.
			return { endUser: actor.slice(actor.indexOf("/") + 1) };
		default:
			return {};
	}
}

/** The incident that an event was added to; the newest, when a closed one came before. */
export async function incidentOf(
	prisma: PrismaClient,
	{ actorKind, actor, family, at }: ThreatRow,
): Promise<{ readonly id: string; readonly number: number } | null> {
	return prisma.threatIncident.findFirst({
		where: { actorKind, actor, family, firstAt: { lte: at }, lastAt: { gte: at } },
		orderBy: { lastAt: "desc" },
		select: { id: true, number: true },
	});
}

/** Durations in milliseconds by stage, of the newest requests of a period. */
export interface StageTimes {
	readonly requests: number;
	readonly stages: readonly {
		readonly name: string;
		readonly count: number;
		readonly p50Ms: number;
		readonly p95Ms: number;
		readonly p99Ms: number;
	}[];
}

/** Reading a trace costs some 20 µs, so a sample of the newest is read and not all of them. */
const sampledRequests = 1000;

export async function readStageTimes(
	prisma: PrismaClient,
	{ from, to }: Period,
	scope: LedgerScope,
): Promise<StageTimes> {
	const rows = await prisma.ledgerEntry.findMany({
		where: {
			receivedAt: { gte: from, lte: to },
			...(scope.all ? {} : { OR: [{ userId: scope.userId }, { ownerId: scope.userId }] }),
		},
		orderBy: [{ receivedAt: "desc" }, { requestId: "asc" }],
		take: sampledRequests,
		select: { requestId: true },
	});
	const ids = rows.map(({ requestId }) => requestId);
	if (ids.length === 0) return { requests: 0, stages: [] };
	const stages = await prisma.$queryRaw<StageTimes["stages"][number][]>`
		SELECT stage->>0 AS name, count(*)::int AS count,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY (stage->>2)::float8) / 1000 AS "p50Ms",
			percentile_cont(0.95) WITHIN GROUP (ORDER BY (stage->>2)::float8) / 1000 AS "p95Ms",
			percentile_cont(0.99) WITHIN GROUP (ORDER BY (stage->>2)::float8) / 1000 AS "p99Ms"
		FROM ledger_entries CROSS JOIN LATERAL json_array_elements(trace->'stages') WITH ORDINALITY AS s (stage, place)
		WHERE request_id = ANY(${ids}) AND json_typeof(stage) = 'array'
		GROUP BY 1 ORDER BY avg(place), 1`;
	return { requests: ids.length, stages };
}

/** Marks one event, or takes its mark back. */
export async function markEvent(
	prisma: PrismaClient,
	{ requestId, index, guard, rule }: ThreatRow,
	mark: { readonly isFalseAlarm: boolean; readonly by: string },
): Promise<void> {
	const key = { subject: "event", subjectId: `${requestId}.${index}`, guard, rule };
	if (!mark.isFalseAlarm) {
		await prisma.threatMark.deleteMany({ where: key });
		return;
	}
	await prisma.threatMark.createMany({
		data: [{ ...key, markedBy: mark.by }],
		skipDuplicates: true,
	});
}

export async function isMarked(
	prisma: PrismaClient,
	{ requestId, index }: ThreatRow,
): Promise<boolean> {
	const count = await prisma.threatMark.count({
		where: { subject: "event", subjectId: `${requestId}.${index}` },
	});
	return count > 0;
}

function toWhere(filters: ThreatFilters): Prisma.ThreatEventWhereInput {
	const { effect, ...exact } = filters;
	const given = Object.entries(exact).filter(([, value]) => value !== undefined);
	return { ...Object.fromEntries(given), ...effectWhere(effect) };
}

function effectWhere(effect: ThreatFilters["effect"]): Prisma.ThreatEventWhereInput {
	if (effect === undefined) return {};
	if (effect === "would-block") return { wouldBe: "block" };
	if (effect === "would-redact") return { wouldBe: "redact" };
	return { action: effect, wouldBe: null };
}

function scoped(scope: LedgerScope): Prisma.ThreatEventWhereInput {
	if (scope.all) return {};
	return { OR: [{ userId: scope.userId }, { ownerId: scope.userId }] };
}

/** The plain bound beside the exact one lets the index start at the right place. */
function behind(after: ThreatCursor | undefined): Prisma.ThreatEventWhereInput {
	if (after === undefined) return {};
	const { at, requestId, index } = after;
	return {
		at: { lte: at },
		OR: [
			{ at: { lt: at } },
			{ at, requestId: { gt: requestId } },
			{ at, requestId, index: { gt: index } },
		],
	};
}
