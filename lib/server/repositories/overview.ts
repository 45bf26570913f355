import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { OverviewBucket, OverviewTotals } from "../../contracts/overview.ts";
import type { LedgerScope } from "./ledger-scope.ts";
import { scopeCondition } from "./ledger-scope.ts";

/** From the beginning on, up to but not with the end. */
export interface Period {
	readonly from: Date;
	readonly to: Date;
}

export interface Ranked {
	readonly id: string;
	readonly label: string;
	readonly requests: number;
	readonly costMicroUsd: number;
	readonly failed: number;
}

const rankedMax = 8;

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

export async function readTopModels(
	prisma: PrismaClient,
	period: Period,
	scope: LedgerScope,
): Promise<Ranked[]> {
	return prisma.$queryRaw<Ranked[]>`
		SELECT provider || '/' || model AS id, provider || '/' || model AS label,
			count(*)::int AS requests, coalesce(sum(cost_micro_usd), 0)::float8 AS "costMicroUsd",
			(count(*) FILTER (WHERE outcome = 'failed'))::int AS failed
		FROM ledger_entries
		WHERE ${within(period, scope)} AND provider IS NOT NULL AND model IS NOT NULL
		GROUP BY provider, model ORDER BY requests DESC, id LIMIT ${rankedMax}`;
}

export async function readTopKeys(
	prisma: PrismaClient,
	period: Period,
	scope: LedgerScope,
): Promise<Ranked[]> {
	return prisma.$queryRaw<Ranked[]>`
		SELECT entry.key_id AS id, coalesce(max(k.name), entry.key_id) AS label,
			count(*)::int AS requests, coalesce(sum(cost_micro_usd), 0)::float8 AS "costMicroUsd",
			(count(*) FILTER (WHERE outcome = 'failed'))::int AS failed
		FROM (SELECT * FROM ledger_entries WHERE ${within(period, scope)} AND key_id IS NOT NULL) AS entry
		LEFT JOIN api_keys AS k ON k.id = entry.key_id
		GROUP BY entry.key_id ORDER BY requests DESC, id LIMIT ${rankedMax}`;
}

export async function readErrors(
	prisma: PrismaClient,
	period: Period,
	scope: LedgerScope,
): Promise<{ code: string; requests: number }[]> {
	return prisma.$queryRaw<{ code: string; requests: number }[]>`
		SELECT error_code AS code, count(*)::int AS requests FROM ledger_entries
		WHERE ${within(period, scope)} AND error_code IS NOT NULL
		GROUP BY error_code ORDER BY requests DESC, code LIMIT ${rankedMax}`;
}

/** `provider/model` of requests whose cost is unknown. */
export async function readUnpricedModels(
	prisma: PrismaClient,
	period: Period,
	scope: LedgerScope,
): Promise<string[]> {
	const rows = await prisma.$queryRaw<{ id: string }[]>`
		SELECT DISTINCT provider || '/' || model AS id FROM ledger_entries
		WHERE ${within(period, scope)} AND is_unpriced AND provider IS NOT NULL AND model IS NOT NULL
		ORDER BY id LIMIT 20`;
	return rows.map((row) => row.id);
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
