import type * as z from "zod";
import type { getOverview, Overview, OverviewTotals } from "../../contracts/overview.ts";
import type { Principal } from "../auth/principal.ts";
import type { LedgerScope } from "../repositories/ledger-scope.ts";
import { readBuckets, readTotals } from "../repositories/overview.ts";
import {
	readOverheadMedian,
	readRankings,
	readSummedBuckets,
	readSummedTotals,
} from "../repositories/overview-sums.ts";
import { runtime } from "../runtime.ts";
import type { Period } from "../usage/split-period.ts";
import { readsLedger, splitPeriod } from "../usage/split-period.ts";
import { startsOf } from "./analytics-answer.ts";
import { readWarnings } from "./overview-warnings.ts";
import { scopeOf } from "./requests.ts";
import { bucketSecondsOf, periodBefore, readPeriod } from "./time-range.ts";

interface GetInput {
	readonly query: z.output<typeof getOverview.query>;
	readonly principal: Principal;
}

export const overviewService = {
	/** Throws `request.invalid` for a range that is none. */
	get: async ({ query, principal }: GetInput): Promise<Overview> => {
		const nowMs = Date.now();
		const period = readPeriod(query, nowMs);
		const asked = { nowMs, scope: scopeOf(principal) };
		const pieces = splitPeriod(period, { nowMs, stepSeconds: null });
		const [current, previous, buckets, rankings] = await Promise.all([
			totalsOf(period, asked),
			totalsOf(periodBefore(period), asked),
			bucketsOf(period, asked),
			readRankings(runtime().prisma, { pieces, scope: asked.scope }),
		]);
		const { unpricedModels, ...ranked } = rankings;
		return {
			from: period.from.toISOString(),
			to: period.to.toISOString(),
			bucketSeconds: bucketSecondsOf(period),
			current,
			previous,
			buckets,
			topModels: [...ranked.topModels],
			topKeys: [...ranked.topKeys],
			errors: [...ranked.errors],
			warnings: await readWarnings(unpricedModels, asked.scope),
		};
	},
};

interface Asked {
	readonly nowMs: number;
	readonly scope: LedgerScope;
}

/** Short periods have exact percentiles; of long ones only sums are read. */
async function totalsOf(period: Period, { nowMs, scope }: Asked): Promise<OverviewTotals> {
	const { prisma } = runtime();
	if (readsLedger(period)) return readTotals(prisma, period, scope);
	const pieces = splitPeriod(period, { nowMs, stepSeconds: null });
	const [totals, overheadMsP50] = await Promise.all([
		readSummedTotals(prisma, { pieces, scope }),
		readOverheadMedian(prisma, period, scope),
	]);
	return { ...totals, overheadMsP50 };
}

const emptyBucket = {
	answered: 0,
	refused: 0,
	failed: 0,
	cancelled: 0,
	blocked: 0,
	costMicroUsd: 0,
	latencyMsP50: null,
	latencyMsP95: null,
	latencyMsP99: null,
} as const;

async function bucketsOf(period: Period, { nowMs, scope }: Asked): Promise<Overview["buckets"]> {
	const { prisma } = runtime();
	const bucketSeconds = bucketSecondsOf(period);
	if (readsLedger(period)) {
		const buckets = await readBuckets(prisma, { period, bucketSeconds, scope });
		return buckets.map((bucket) => ({ ...bucket, at: bucket.at.toISOString() }));
	}
	const pieces = splitPeriod(period, { nowMs, stepSeconds: bucketSeconds });
	const found = await readSummedBuckets(prisma, { pieces, scope, bucketSeconds });
	const byStart = new Map(found.map((bucket) => [bucket.at, bucket]));
	return startsOf(period, bucketSeconds).map((at) => ({
		...(byStart.get(at) ?? emptyBucket),
		at: new Date(at).toISOString(),
	}));
}
