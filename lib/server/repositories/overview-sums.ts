import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { OverviewBucket, OverviewTotals } from "../../contracts/overview.ts";
import type { Period, UsagePiece } from "../usage/split-period.ts";
import type { LedgerScope } from "./ledger-scope.ts";
import { scopeCondition } from "./ledger-scope.ts";
import { queryFacts, sumsOf, usageFacts } from "./usage-facts.ts";

interface Asked {
	readonly pieces: readonly UsagePiece[];
	readonly scope: LedgerScope;
}

export interface Ranked {
	readonly id: string;
	readonly label: string;
	readonly requests: number;
	readonly costMicroUsd: number;
	readonly failed: number;
}

export interface Rankings {
	readonly topModels: readonly Ranked[];
	readonly topKeys: readonly Ranked[];
	readonly errors: readonly { readonly code: string; readonly requests: number }[];
	/** `provider/model` of requests whose cost is unknown. */
	readonly unpricedModels: readonly string[];
}

const rankedMax = 8;
const unpricedMax = 20;
const overheadSample = 5000;

/** Like `readTotals` of the ledger itself, but from sums; percentiles are close, not exact. */
export async function readSummedTotals(
	prisma: PrismaClient,
	{ pieces, scope }: Asked,
): Promise<Omit<OverviewTotals, "overheadMsP50">> {
	const sums = [
		"requests",
		"refused",
		"blocked",
		"failed",
		"cost_micro_usd",
		"unpriced",
		"input_tokens",
		"output_tokens",
		"latency",
	] as const;
	const [row] = await prisma.$queryRaw<{ totals: Omit<OverviewTotals, "overheadMsP50"> }[]>`
		SELECT to_json(t) AS totals FROM (
			SELECT coalesce(requests, 0) AS requests, coalesce(refused, 0) AS refused,
				coalesce(blocked, 0) AS blocked, coalesce(failed, 0) AS failed,
				coalesce(cost_micro_usd, 0) AS "costMicroUsd", coalesce(unpriced, 0) AS "unpricedRequests",
				coalesce(input_tokens, 0) AS "inputTokens", coalesce(output_tokens, 0) AS "outputTokens",
				latency_percentile(latency, 0.5) AS "latencyMsP50",
				latency_percentile(latency, 0.95) AS "latencyMsP95"
			FROM (SELECT ${sumsOf(sums)} FROM (${usageFacts({ pieces, scope, sums })}) AS facts) AS s) AS t`;
	if (row === undefined) throw new Error("An aggregate without a row.");
	return row.totals;
}

/** Milliseconds that the gateway adds to a request: the median of the newest 5,000 answers. */
export async function readOverheadMedian(
	prisma: PrismaClient,
	{ from, to }: Period,
	scope: LedgerScope,
): Promise<number | null> {
	const [row] = await prisma.$queryRaw<{ median: number | null }[]>`
		SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY overhead_ms) AS median
		FROM (
			SELECT overhead_ms FROM ledger_entries
			WHERE received_at >= ${from} AND received_at < ${to} AND outcome = 'answered' AND ${scopeCondition(scope)}
			ORDER BY received_at DESC LIMIT ${overheadSample}) AS newest`;
	return row?.median ?? null;
}

/** One for each step in which there was something; steps begin at multiples of their length since 1970. */
export async function readSummedBuckets(
	prisma: PrismaClient,
	{ pieces, scope, bucketSeconds }: Asked & { readonly bucketSeconds: number },
): Promise<readonly (Omit<OverviewBucket, "at"> & { readonly at: number })[]> {
	const sums = [
		"answered",
		"refused",
		"failed",
		"cancelled",
		"blocked",
		"cost_micro_usd",
		"latency",
	] as const;
	const step = { seconds: bucketSeconds, from: new Date(0) };
	const rows = await prisma.$queryRaw<
		{ bucket: Omit<OverviewBucket, "at"> & { readonly at: number } }[]
	>`
		SELECT to_json(b) AS bucket FROM (
			SELECT (extract(epoch FROM slot) * 1000)::bigint AS at, answered, refused, failed, cancelled, blocked,
				cost_micro_usd AS "costMicroUsd", latency_percentile(latency, 0.5) AS "latencyMsP50",
				latency_percentile(latency, 0.95) AS "latencyMsP95", latency_percentile(latency, 0.99) AS "latencyMsP99"
			FROM (
				SELECT slot, ${sumsOf(sums)} FROM (${usageFacts({ pieces, scope, step, sums })}) AS facts GROUP BY slot
			) AS s ORDER BY slot) AS b`;
	return rows.map(({ bucket }) => bucket);
}

/** Who and what there was most of: asked apart, since either has fewer cells than both together. */
export async function readRankings(
	prisma: PrismaClient,
	{ pieces, scope }: Asked,
): Promise<Rankings> {
	const sums = ["requests", "failed", "cost_micro_usd", "unpriced"] as const;
	const what = usageFacts({ pieces, scope, groups: ["model", "error"], sums });
	const who = usageFacts({ pieces, scope, groups: ["key"], sums });
	const { rankings } = await queryFacts<{ rankings: Rankings }>(
		prisma,
		Prisma.sql`
		WITH facts AS MATERIALIZED (${what}),
		models AS (SELECT by_model AS id, by_model AS label, ${measured} FROM facts
			WHERE by_model IS NOT NULL GROUP BY 1),
		keys AS (SELECT by_key AS id, ${measured} FROM (${who}) AS asked WHERE by_key IS NOT NULL GROUP BY 1
			ORDER BY requests DESC, id LIMIT ${rankedMax}),
		codes AS (SELECT by_error AS code, sum(requests) AS requests FROM facts
			WHERE by_error IS NOT NULL GROUP BY 1)
		SELECT json_build_object(
			'topModels', (SELECT coalesce(json_agg(m), '[]') FROM (
				SELECT id, label, requests, "costMicroUsd", failed FROM models
				ORDER BY requests DESC, id LIMIT ${rankedMax}) AS m),
			'topKeys', (SELECT coalesce(json_agg(n), '[]') FROM (
				SELECT keys.id, coalesce(k.name, keys.id) AS label, requests, "costMicroUsd", failed
				FROM keys LEFT JOIN api_keys AS k ON k.id = keys.id ORDER BY requests DESC, keys.id) AS n),
			'errors', (SELECT coalesce(json_agg(e), '[]') FROM (
				SELECT code, requests FROM codes ORDER BY requests DESC, code LIMIT ${rankedMax}) AS e),
			'unpricedModels', (SELECT coalesce(json_agg(id), '[]') FROM (
				SELECT id FROM models WHERE unpriced > 0 ORDER BY id LIMIT ${unpricedMax}) AS u)
		) AS rankings`,
	);
	return rankings;
}

const measured = Prisma.raw(
	`sum(requests) AS requests, sum(cost_micro_usd) AS "costMicroUsd", sum(failed) AS failed, sum(unpriced) AS unpriced`,
);
