import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { ThreatFilters } from "../../contracts/threats.ts";
import type { Period } from "../usage/split-period.ts";
import type { LedgerScope } from "./ledger-scope.ts";
import { namedParties } from "./threat-facts.ts";

/** Events that one question may read one by one; about 30 ms of the database's time. */
const readEventsMax = 25_000;

interface Asked {
	readonly period: Period;
	readonly scope: LedgerScope;
	readonly filters: ThreatFilters;
}

/**
 * From when on the events of a question can all be read: its rarest party has few enough
 * then. Undefined when that is so over the whole period. In steps of hours, and never less than one.
 */
export async function findReach(
	prisma: PrismaClient,
	{ period, scope, filters }: Asked,
): Promise<Date | undefined> {
	const reaches = await Promise.all([
		...namedParties({ scope, filters }).map((party) => reachOfParty(prisma, party, period)),
		...(filters.session === undefined ? [] : [reachOfSession(prisma, filters.session, period)]),
	]);
	const known = reaches.filter((reach) => reach !== undefined);
	if (known.length < reaches.length || known.length === 0) return undefined;
	return new Date(Math.min(...known.map((reach) => reach.getTime())));
}

async function reachOfParty(
	prisma: PrismaClient,
	{ kind, party }: { readonly kind: string; readonly party: string },
	period: Period,
): Promise<Date | undefined> {
	// Sums about persons are kept by days only.
	const [cells, hours] =
		kind === "person"
			? [Prisma.sql`threat_party_days WHERE`, 24]
			: [Prisma.sql`threat_party_rollups WHERE step_seconds = 3600 AND`, 1];
	const first = Prisma.sql`date_bin(make_interval(hours => ${hours}::int), ${period.from}::timestamptz, to_timestamp(0))`;
	const rows = await prisma.$queryRaw<
		{ reach: Date | null; newest: Date | null; events: number }[]
	>`
		SELECT min(at) FILTER (WHERE running <= ${readEventsMax}) AS reach, max(at) AS newest,
			coalesce(max(running), 0)::float8 AS events
		FROM (
			SELECT at, sum(sum(events)) OVER (ORDER BY at DESC) AS running FROM ${cells}
				kind = ${kind} AND party = ${party} AND at >= ${first} AND at < ${period.to}
			GROUP BY at) AS cells`;
	const [found] = rows;
	if (found === undefined || found.events <= readEventsMax) return undefined;
	return found.reach ?? found.newest ?? undefined;
}

/** Of sessions no sums are kept: there may be as many of them as events. */
async function reachOfSession(
	prisma: PrismaClient,
	session: string,
	{ from, to }: Period,
): Promise<Date | undefined> {
	const rows = await prisma.$queryRaw<{ at: Date }[]>`
		SELECT at FROM threat_events WHERE session = ${session} AND at >= ${from} AND at < ${to}
		ORDER BY at DESC OFFSET ${readEventsMax} LIMIT 1`;
	return rows[0]?.at;
}
