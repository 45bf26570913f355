import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { AnalyticsMetric } from "../../contracts/analytics.ts";
import type { UsageSum } from "../usage/usage-sums.ts";
import type { UsageQuestion } from "./usage-facts.ts";
import { queryFacts, sumsOf, usageFacts } from "./usage-facts.ts";

export type Asked = Omit<UsageQuestion, "sums">;
export type AskedBySteps = Asked & Required<Pick<Asked, "step">>;

export interface UsageTotals {
	readonly requests: number;
	readonly answered: number;
	readonly refused: number;
	readonly failed: number;
	readonly costMicroUsd: number;
	readonly unpricedRequests: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly latencyMsP50: number | null;
	readonly latencyMsP95: number | null;
}

/** Null stands for the requests that belong to no group. */
type GroupId = string | null;

export interface RankedGroup extends UsageTotals {
	readonly id: GroupId;
	readonly value: number;
}

/** Where a ranking goes on: behind this value and, of the same value, behind this group. */
export interface RankCursor {
	readonly value: number;
	readonly id: GroupId;
}

export interface SlotValue {
	/** Epoch milliseconds of the step's beginning. */
	readonly at: number;
	readonly value: number | null;
}

export interface SeriesValue extends SlotValue {
	readonly id: GroupId;
	/** One of the groups with the most; the values of all others are together. */
	readonly isTop: boolean;
}

export interface Ranking {
	readonly items: readonly RankedGroup[];
	/** The groups with the most, in order. */
	readonly top: readonly GroupId[];
	readonly series: readonly SeriesValue[];
}

interface RankOptions {
	readonly metric: AnalyticsMetric;
	readonly after: RankCursor | undefined;
	readonly limit: number;
	/** How many groups have a series of their own. */
	readonly seriesMax: number;
}

const totalsSums = [
	"requests",
	"answered",
	"refused",
	"failed",
	"cost_micro_usd",
	"unpriced",
	"input_tokens",
	"output_tokens",
	"latency",
] as const satisfies readonly UsageSum[];

/** JSON's numbers are doubles: exact up to nine billion dollars. */
const totalsColumns = Prisma.raw(`
	coalesce(requests, 0) AS requests, coalesce(answered, 0) AS answered, coalesce(refused, 0) AS refused,
	coalesce(failed, 0) AS failed, coalesce(cost_micro_usd, 0) AS "costMicroUsd",
	coalesce(unpriced, 0) AS "unpricedRequests", coalesce(input_tokens, 0) AS "inputTokens",
	coalesce(output_tokens, 0) AS "outputTokens",
	latency_percentile(latency, 0.5) AS "latencyMsP50", latency_percentile(latency, 0.95) AS "latencyMsP95"`);

const summed = sumsOf(totalsSums);

interface Metric {
	readonly sums: readonly UsageSum[];
	/** Over the sums; null where nothing was measured. */
	readonly value: Prisma.Sql;
}

const metrics: Readonly<Record<AnalyticsMetric, Metric>> = {
	spend: { sums: ["cost_micro_usd"], value: Prisma.raw("cost_micro_usd") },
	tokens: {
		sums: ["input_tokens", "output_tokens"],
		value: Prisma.raw("input_tokens + output_tokens"),
	},
	requests: { sums: ["requests"], value: Prisma.raw("requests") },
	errors: { sums: ["refused", "failed"], value: Prisma.raw("refused + failed") },
	latency: { sums: ["latency"], value: Prisma.raw("latency_percentile(latency, 0.95)") },
};

/**
 * The table and the chart of Analytics in one pass over the cells: the groups from a place of their
 * ranking on, and the steps of time of those with the most.
 */
export async function rankUsage(
	prisma: PrismaClient,
	asked: AskedBySteps,
	{ metric, after, limit, seriesMax }: RankOptions,
): Promise<Ranking> {
	const { sums, value } = metrics[metric];
	const seriesSums = sumsOf(sums);
	// Histograms cost as much as all other sums together, so only the metric that wants them reads them.
	const isOfLatency = metric === "latency";
	const groupSums = isOfLatency ? totalsSums : totalsSums.filter((sum) => sum !== "latency");
	const latency = isOfLatency ? Prisma.empty : Prisma.sql`, NULL::numeric AS latency`;
	const { ranking } = await queryFacts<{ ranking: Ranking }>(
		prisma,
		Prisma.sql`
		WITH facts AS MATERIALIZED (${usageFacts({ ...asked, sums: groupSums })}),
		ranked AS MATERIALIZED (
			SELECT *, ${value} AS value
			FROM (SELECT group_id, ${sumsOf(groupSums)} ${latency} FROM facts GROUP BY group_id) AS grouped
		), top AS MATERIALIZED (
			SELECT group_id, value FROM ranked WHERE value > 0
			ORDER BY value DESC, group_id NULLS LAST LIMIT ${seriesMax}
		), told AS (
			SELECT *, CASE
				WHEN group_id IS NULL THEN EXISTS (SELECT FROM top WHERE top.group_id IS NULL)
				ELSE group_id IN (SELECT top.group_id FROM top WHERE top.group_id IS NOT NULL)
			END AS "isTop"
			FROM facts
		), series AS (
			SELECT slot, "isTop", CASE WHEN "isTop" THEN group_id END AS id, ${seriesSums}
			FROM told GROUP BY 1, 2, 3
		)
		SELECT json_build_object(
			'items', (SELECT coalesce(json_agg(i), '[]') FROM (
				SELECT group_id AS id, value, ${totalsColumns} FROM ranked
				WHERE value IS NOT NULL AND ${behind(after)}
				ORDER BY value DESC, group_id NULLS LAST LIMIT ${limit}) AS i),
			'top', (SELECT coalesce(json_agg(group_id ORDER BY value DESC, group_id NULLS LAST), '[]') FROM top),
			'series', (SELECT coalesce(json_agg(v), '[]') FROM (
				SELECT ${epochMs} AS at, id, "isTop", ${value} AS value FROM series) AS v)
		) AS ranking`,
	);
	return ranking;
}

export interface Comparison {
	readonly groups: readonly { readonly id: GroupId; readonly value: number | null }[];
	readonly slots: readonly SlotValue[];
}

/** The metric of another period: of each group, and of all together in each step of time if there are any. */
export async function compareUsage(
	prisma: PrismaClient,
	asked: Asked,
	metric: AnalyticsMetric,
): Promise<Comparison> {
	const { sums, value } = metrics[metric];
	const metricSums = sumsOf(sums);
	const { comparison } = await queryFacts<{ comparison: Comparison }>(
		prisma,
		Prisma.sql`
		WITH facts AS MATERIALIZED (${usageFacts({ ...asked, sums })})
		SELECT json_build_object(
			'groups', (SELECT coalesce(json_agg(g), '[]') FROM (
				SELECT group_id AS id, ${value} AS value
				FROM (SELECT group_id, ${metricSums} FROM facts GROUP BY group_id) AS s) AS g),
			'slots', (SELECT coalesce(json_agg(v), '[]') FROM (
				SELECT ${epochMs} AS at, ${value} AS value
				FROM (SELECT slot, ${metricSums} FROM facts WHERE slot IS NOT NULL GROUP BY slot) AS s) AS v)
		) AS comparison`,
	);
	return comparison;
}

/** Of everything together; every request counts once, whatever tags it has. */
export async function readUsageTotals(prisma: PrismaClient, asked: Asked): Promise<UsageTotals> {
	const facts = usageFacts({ ...asked, group: null, sums: totalsSums });
	const [row] = await prisma.$queryRaw<{ totals: UsageTotals }[]>`
		SELECT to_json(t) AS totals FROM (
			SELECT ${totalsColumns} FROM (SELECT ${summed} FROM (${facts}) AS facts) AS s) AS t`;
	if (row === undefined) throw new Error("An aggregate without a row.");
	return row.totals;
}

export interface UsageRecord extends UsageTotals {
	readonly at: number;
	readonly id: GroupId;
}

/** Every group in every step of time, oldest first: what an export is made of. */
export async function readUsageRecords(
	prisma: PrismaClient,
	asked: AskedBySteps,
): Promise<readonly UsageRecord[]> {
	const facts = usageFacts({ ...asked, sums: totalsSums });
	const rows = await prisma.$queryRaw<{ record: UsageRecord }[]>`
		SELECT to_json(r) AS record FROM (
			SELECT ${epochMs} AS at, group_id AS id, ${totalsColumns}
			FROM (SELECT slot, group_id, ${summed} FROM (${facts}) AS facts GROUP BY 1, 2) AS s
			ORDER BY slot, group_id NULLS LAST) AS r`;
	return rows.map(({ record }) => record);
}

const epochMs = Prisma.raw("(extract(epoch FROM slot) * 1000)::bigint");

/** Groups without an id stand behind all others. */
function behind(after: RankCursor | undefined): Prisma.Sql {
	if (after === undefined) return Prisma.sql`TRUE`;
	const { value, id } = after;
	const behindId =
		id === null ? Prisma.sql`FALSE` : Prisma.sql`(group_id > ${id} OR group_id IS NULL)`;
	return Prisma.sql`(value < ${value}::float8 OR (value = ${value}::float8 AND ${behindId}))`;
}
