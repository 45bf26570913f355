import * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Analytics, analyticsQuestion, getAnalytics } from "../../contracts/analytics.ts";
import { usageFilters } from "../../contracts/analytics.ts";
import type { Principal } from "../auth/principal.ts";
import type { Asked, AskedBySteps, RankCursor } from "../repositories/analytics.ts";
import { compareUsage, rankUsage, readUsageTotals } from "../repositories/analytics.ts";
import { runtime } from "../runtime.ts";
import type { Period } from "../usage/split-period.ts";
import { splitPeriod } from "../usage/split-period.ts";
import { toAnalytics } from "./analytics-answer.ts";
import { exportUsage } from "./analytics-export.ts";
import { readFilterNames, readGroupNames } from "./analytics-names.ts";
import { scopeOf } from "./requests.ts";
import { bucketSecondsOf, periodBefore, readPeriod } from "./time-range.ts";

interface GetInput {
	readonly query: z.output<typeof getAnalytics.query>;
	readonly principal: Principal;
}
interface ExportInput {
	readonly query: z.output<typeof analyticsQuestion> & { readonly format: "csv" | "json" };
	readonly principal: Principal;
}

/** Colours that are told apart at a glance are not more. */
const seriesMax = 6;

export const analyticsService = {
	/**
	 * People see the usage of the requests that they may see. Throws `request.invalid` for a range that
	 * is none and for a cursor that is not one of this list.
	 */
	get: async ({ query, principal }: GetInput): Promise<Analytics> => {
		const { prisma } = runtime();
		const { metric, groupBy, limit } = query;
		const nowMs = Date.now();
		const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
		const period = cursor?.period ?? readPeriod(query, nowMs);
		const before = query.compare === "none" ? undefined : periodBefore(period);
		const asked = ask({ query, principal, period, nowMs });
		const [ranking, comparison, totals, totalsBefore] = await Promise.all([
			// One more tells whether there is another page.
			rankUsage(prisma, asked, { metric, after: cursor?.after, limit: limit + 1, seriesMax }),
			before &&
				compareUsage(prisma, askBefore({ query, principal, period: before, nowMs }), metric),
			readUsageTotals(prisma, askAtOnce({ query, principal, period, nowMs })),
			before && readUsageTotals(prisma, askAtOnce({ query, principal, period: before, nowMs })),
		]);
		const items = ranking.items.slice(0, limit);
		const last = ranking.items.length > limit ? items.at(-1) : undefined;
		const shown = [...items.map(({ id }) => id), ...ranking.top];
		return toAnalytics({
			question: { metric, groupBy, period, stepSeconds: asked.step.seconds },
			ranking: { ...ranking, items },
			totals,
			before: comparison &&
				before &&
				totalsBefore && { ...comparison, period: before, totals: totalsBefore },
			names: await readGroupNames(prisma, groupBy, shown),
			filterNames: await readFilterNames(prisma, query),
			nextCursor: last === undefined ? null : writeCursor(period, last),
		});
	},

	/** A record for each step of time and group, sent while it is read. Throws `request.invalid`. */
	export: async ({ query, principal }: ExportInput): Promise<Response> => {
		const nowMs = Date.now();
		const period = readPeriod(query, nowMs);
		return exportUsage({
			query,
			period,
			stepSeconds: bucketSecondsOf(period),
			ask: (part) => ask({ query, principal, period: part, chart: period, nowMs }),
		});
	},
};

interface AskInput {
	readonly query: z.output<typeof analyticsQuestion>;
	readonly principal: Principal;
	readonly period: Period;
	/** The period whose steps of time count, when only a part of it is asked for. */
	readonly chart?: Period;
	readonly nowMs: number;
}

/** In steps of time, as a chart shows them. */
function ask(input: AskInput): AskedBySteps {
	const { query, period, chart = period, nowMs } = input;
	const seconds = bucketSecondsOf(chart);
	const stepMs = seconds * 1000;
	return {
		...askAtOnce(input),
		pieces: splitPeriod(period, { nowMs, stepSeconds: seconds }),
		group: query.groupBy,
		step: { seconds, from: new Date(Math.floor(period.from.getTime() / stepMs) * stepMs) },
	};
}

/** Amounts are compared step by step, percentiles only as a whole. */
function askBefore(input: AskInput): Asked {
	const { metric, groupBy } = input.query;
	return metric === "latency" ? { ...askAtOnce(input), group: groupBy } : ask(input);
}

/** The period as a whole, so that the coarsest cells do. */
function askAtOnce({ query, principal, period, nowMs }: AskInput): Asked {
	return {
		pieces: splitPeriod(period, { nowMs, stepSeconds: null }),
		scope: scopeOf(principal),
		filters: usageFilters.strip().parse(query),
	};
}

const cursorSchema = z.tuple([z.int(), z.int(), z.number(), z.string().max(300).nullable()]);

/** Keeps the period, so that a preset that ends now ends at the same moment on every page. */
function writeCursor({ from, to }: Period, { value, id }: RankCursor): string {
	const cursor = [from.getTime(), to.getTime(), value, id];
	return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function readCursor(text: string): { readonly period: Period; readonly after: RankCursor } {
	try {
		const json: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		const [from, to, value, id] = cursorSchema.parse(json);
		const given = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
		return { period: readPeriod({ range: "24h", ...given }, Date.now()), after: { value, id } };
	} catch (cause) {
		const message = "This is not a cursor of this list.";
		throw new GatewayError("request.invalid", { param: "cursor", message, cause });
	}
}
