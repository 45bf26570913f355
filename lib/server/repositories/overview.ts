import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { OverviewBucket, OverviewTotals } from "../../contracts/overview.ts";
import type { Period } from "../usage/split-period.ts";
import type { LedgerScope } from "./ledger-scope.ts";
import { scopeCondition } from "./ledger-scope.ts";

function within({ from, to }: Period, scope: LedgerScope): Prisma.Sql {
	return Prisma.sql`received_at >= ${from} AND received_at < ${to} AND ${scopeCondition(scope)}`;
}

/** Sums are read as doubles: exact up to nine billion dollars, and Prisma gives them as numbers. */
export async function readTotals(
	prisma: PrismaClient,
	period: Period,
	scope: LedgerScope,
): Promise<OverviewTotals> {
	const [row] = await prisma.$queryRaw<OverviewTotals[]>`
		SELECT count(*)::int AS requests,
			(count(*) FILTER (WHERE outcome = 'refused'))::int AS refused,
			(count(*) FILTER (WHERE action = 'block'))::int AS blocked,
			(count(*) FILTER (WHERE outcome = 'failed'))::int AS failed,
			coalesce(sum(cost_micro_usd), 0)::float8 AS "costMicroUsd",
			(count(*) FILTER (WHERE is_unpriced))::int AS "unpricedRequests",
			coalesce(sum(input_tokens), 0)::float8 AS "inputTokens",
			coalesce(sum(output_tokens), 0)::float8 AS "outputTokens",
			percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms)
				FILTER (WHERE outcome = 'answered') AS "latencyMsP50",
			percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms)
				FILTER (WHERE outcome = 'answered') AS "latencyMsP95",
			percentile_cont(0.5) WITHIN GROUP (ORDER BY overhead_ms)
				FILTER (WHERE outcome = 'answered') AS "overheadMsP50"
		FROM ledger_entries WHERE ${within(period, scope)}`;
	if (row === undefined) throw new Error("An aggregate without a row.");
	return row;
}

type BucketRow = Omit<OverviewBucket, "at"> & { readonly at: Date };

/** One row per step, empty ones too; steps begin at multiples of their length since 1970. */
export async function readBuckets(
	prisma: PrismaClient,
	{
		period,
		bucketSeconds,
		scope,
	}: {
		readonly period: Period;
		readonly bucketSeconds: number;
		readonly scope: LedgerScope;
	},
): Promise<readonly BucketRow[]> {
	const stepMs = bucketSeconds * 1000;
	const first = new Date(Math.floor(period.from.getTime() / stepMs) * stepMs);
	const step = Prisma.sql`make_interval(secs => ${bucketSeconds}::int)`;
	return prisma.$queryRaw<BucketRow[]>`
		WITH steps AS (
			SELECT generate_series(${first}::timestamptz, ${period.to}::timestamptz - interval '1 ms', ${step}) AS at
		), counted AS (
			SELECT date_bin(${step}, received_at, ${first}::timestamptz) AS at,
				(count(*) FILTER (WHERE outcome = 'answered'))::int AS answered,
				(count(*) FILTER (WHERE outcome = 'refused'))::int AS refused,
				(count(*) FILTER (WHERE outcome = 'failed'))::int AS failed,
				(count(*) FILTER (WHERE outcome = 'cancelled'))::int AS cancelled,
				(count(*) FILTER (WHERE action = 'block'))::int AS blocked,
				coalesce(sum(cost_micro_usd), 0)::float8 AS cost,
				percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY duration_ms)
					FILTER (WHERE outcome = 'answered') AS latency
			FROM ledger_entries WHERE ${within(period, scope)} GROUP BY 1
		)
		SELECT steps.at,
			coalesce(answered, 0) AS answered, coalesce(refused, 0) AS refused,
			coalesce(failed, 0) AS failed, coalesce(cancelled, 0) AS cancelled,
			coalesce(blocked, 0) AS blocked, coalesce(cost, 0) AS "costMicroUsd",
			latency[1] AS "latencyMsP50", latency[2] AS "latencyMsP95", latency[3] AS "latencyMsP99"
		FROM steps LEFT JOIN counted ON counted.at = steps.at ORDER BY steps.at`;
}

export interface ProviderTraffic {
	readonly provider: string;
	readonly requests: number;
	readonly failed: number;
	readonly latencyMsP50: number | null;
}

/** What reached a provider; refusals by the gateway say nothing about it. */
export async function readProviderTraffic(
	prisma: PrismaClient,
	since: Date,
): Promise<readonly ProviderTraffic[]> {
	return prisma.$queryRaw<ProviderTraffic[]>`
		SELECT provider, count(*)::int AS requests,
			(count(*) FILTER (WHERE outcome = 'failed'))::int AS failed,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms)
				FILTER (WHERE outcome = 'answered') AS "latencyMsP50"
		FROM ledger_entries
		WHERE received_at >= ${since} AND provider IS NOT NULL AND outcome IN ('answered', 'failed')
		GROUP BY provider`;
}
