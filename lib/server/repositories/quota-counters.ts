import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";

/** One quota in one window. */
export interface QuotaWindowKey {
	readonly quotaId: string;
	readonly windowStart: Date;
}

export interface CounterRow {
	readonly quotaId: string;
	/** Null: the quota counts one subject only. */
	readonly subject: string | null;
	readonly spent: number;
	readonly leased: number;
	/** How many subjects of the quota have a counter in this window. */
	readonly subjectCount: number;
}

export interface SpenderRow {
	readonly quotaId: string;
	readonly kind: "key" | "user";
	readonly id: string;
	readonly spent: number;
}

const fullestMax = 5;
const spendersMax = 5;

function wantedWindows(keys: readonly QuotaWindowKey[]): Prisma.Sql {
	const ids = keys.map(({ quotaId }) => quotaId);
	const starts = keys.map(({ windowStart }) => windowStart);
	return Prisma.sql`unnest(${ids}::text[], ${starts}::timestamptz[]) AS wanted (id, window_start)`;
}

/** The fullest counters of each quota in its window, the fullest first. */
export async function readFullestCounters(
	prisma: PrismaClient,
	keys: readonly QuotaWindowKey[],
): Promise<readonly CounterRow[]> {
	return prisma.$queryRaw<CounterRow[]>`
		SELECT wanted.id AS "quotaId", found.subject, found.spent::float8 AS spent,
			found.leased::float8 AS leased, found.count::int AS "subjectCount"
		FROM ${wantedWindows(keys)}
		CROSS JOIN LATERAL (
			SELECT nullif(substr(counter, length(wanted.id) + 2), '') AS subject,
				spent, leased, count(*) OVER () AS count
			FROM quota_counters
			WHERE quota_id = wanted.id AND window_start = wanted.window_start
			ORDER BY spent DESC, leased DESC, counter LIMIT ${fullestMax}
		) AS found`;
}

export async function readCounter(
	prisma: PrismaClient,
	counter: string,
	windowStart: Date,
): Promise<{ readonly spent: number; readonly leased: number }> {
	const row = await prisma.quotaCounter.findUnique({
		where: { counter_windowStart: { counter, windowStart } },
	});
	return { spent: Number(row?.spent ?? 0n), leased: Number(row?.leased ?? 0n) };
}

/** Who spent most of each quota in its window. */
export async function readTopSpenders(
	prisma: PrismaClient,
	keys: readonly QuotaWindowKey[],
): Promise<readonly SpenderRow[]> {
	const rows = await prisma.$queryRaw<{ quotaId: string; spender: string; spent: number }[]>`
		SELECT wanted.id AS "quotaId", found.spender, found.spent::float8 AS spent
		FROM ${wantedWindows(keys)}
		CROSS JOIN LATERAL (
			SELECT spender, sum(spent) AS spent FROM quota_spenders
			WHERE quota_id = wanted.id AND window_start = wanted.window_start
			GROUP BY spender ORDER BY 2 DESC, 1 LIMIT ${spendersMax}
		) AS found`;
	return rows.map(({ quotaId, spender, spent }) => {
		const colon = spender.indexOf(":");
		const kind = spender.startsWith("key:") ? "key" : "user";
		return { quotaId, kind, id: spender.slice(colon + 1), spent };
	});
}

export interface BurnRow {
	readonly at: Date;
	readonly amount: number;
}

/** What a counter spent in each hour of its window that had any, oldest first. */
export async function readBurn(
	prisma: PrismaClient,
	counter: string,
	windowStart: Date,
): Promise<readonly BurnRow[]> {
	const rows = await prisma.quotaBurn.findMany({
		where: { counter, windowStart },
		orderBy: { hour: "asc" },
	});
	return rows.map(({ hour, spent }) => ({ at: hour, amount: Number(spent) }));
}

export interface BurnDay {
	readonly counter: string;
	readonly day: Date;
	readonly amount: number;
}

/** What counters spent on each day (UTC) since `from`, whatever their windows were; for their rhythm. */
export async function readDailyBurn(
	prisma: PrismaClient,
	counters: readonly string[],
	from: Date,
): Promise<readonly BurnDay[]> {
	return prisma.$queryRaw<BurnDay[]>`
		SELECT counter, date_trunc('day', hour, 'UTC') AS day, sum(spent)::float8 AS amount
		FROM quota_burns WHERE counter = ANY(${[...counters]}) AND hour >= ${from}
		GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Names of whoever a quota is about, by id. */
export async function readSubjectNames(
	prisma: PrismaClient,
	ids: {
		readonly keys: readonly string[];
		readonly users: readonly string[];
		readonly teams: readonly string[];
	},
): Promise<ReadonlyMap<string, string>> {
	const only = { id: true, name: true } as const;
	const [keys, users, teams] = await Promise.all([
		prisma.apiKey.findMany({ where: { id: { in: [...ids.keys] } }, select: only }),
		prisma.user.findMany({ where: { id: { in: uuids(ids.users) } }, select: only }),
		prisma.team.findMany({ where: { id: { in: uuids(ids.teams) } }, select: only }),
	]);
	return new Map([...keys, ...users, ...teams].map(({ id, name }) => [id, name]));
}

/** The database would refuse the whole question for one that is none. */
function uuids(ids: readonly string[]): string[] {
	return ids.filter((id) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id));
}

export interface ReachedLimit {
	readonly id: string;
	readonly title: string;
	readonly isHard: boolean;
}

/** Budgets of money whose limit was reached in a window that is not over; each once. */
export async function readReachedLimits(prisma: PrismaClient): Promise<readonly ReachedLimit[]> {
	// A raise may have made room again since the limit was told of.
	return prisma.$queryRaw<ReachedLimit[]>`
		SELECT q.id::text, q.title, bool_or(c.spent > 0 AND c.spent + c.leased >= q.hard_limit
			+ CASE WHEN q.raise_until > now() THEN coalesce(q.raise_amount, 0) ELSE 0 END) AS "isHard"
		FROM quotas AS q JOIN quota_counters AS c ON c.quota_id = q.id::text
		WHERE q.is_enabled AND q.archived_at IS NULL AND q.unit = 'usd'
			AND (c.window_end IS NULL OR c.window_end > now())
			AND (c.soft_told_at IS NOT NULL OR c.hard_told_at IS NOT NULL)
		GROUP BY q.id ORDER BY 3 DESC, 2 LIMIT 20`;
}
