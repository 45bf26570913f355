import type * as z from "zod";
import type { getOverview, Overview } from "../../contracts/overview.ts";
import type { Principal } from "../auth/principal.ts";
import * as overview from "../repositories/overview.ts";
import { runtime } from "../runtime.ts";
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
		const { prisma } = runtime();
		const period = readPeriod(query, Date.now());
		const scope = scopeOf(principal);
		const bucketSeconds = bucketSecondsOf(period);
		const [current, previous, buckets, topModels, topKeys, errors, warnings] = await Promise.all([
			overview.readTotals(prisma, period, scope),
			overview.readTotals(prisma, periodBefore(period), scope),
			overview.readBuckets(prisma, { period, bucketSeconds, scope }),
			overview.readTopModels(prisma, period, scope),
			overview.readTopKeys(prisma, period, scope),
			overview.readErrors(prisma, period, scope),
			readWarnings(period, scope),
		]);
		return {
			from: period.from.toISOString(),
			to: period.to.toISOString(),
			bucketSeconds,
			current,
			previous,
			buckets: buckets.map((bucket) => ({ ...bucket, at: bucket.at.toISOString() })),
			topModels,
			topKeys,
			errors,
			warnings,
		};
	},
};
