import * as z from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, rangeQuery } from "./shapes.ts";

const totals = z.strictObject({
	requests: z.int(),
	/** Refused by a control (keys, limits, guards, kill switch). */
	refused: z.int(),
	/** Refused or withheld by a guard or the firewall. */
	blocked: z.int(),
	/** Upstream or gateway failures. */
	failed: z.int(),
	costMicroUsd: z.int(),
	/** Answered by a model that has no price: the spend above does not include them. */
	unpricedRequests: z.int(),
	inputTokens: z.int(),
	outputTokens: z.int(),
	latencyMsP50: z.number().nullable(),
	latencyMsP95: z.number().nullable(),
	overheadMsP50: z.number().nullable(),
});
export type OverviewTotals = z.infer<typeof totals>;

const bucket = z.strictObject({
	at: instant,
	answered: z.int(),
	refused: z.int(),
	failed: z.int(),
	cancelled: z.int(),
	blocked: z.int(),
	costMicroUsd: z.int(),
	latencyMsP50: z.number().nullable(),
	latencyMsP95: z.number().nullable(),
	latencyMsP99: z.number().nullable(),
});
export type OverviewBucket = z.infer<typeof bucket>;

const ranked = z.strictObject({
	id: z.string(),
	label: z.string(),
	requests: z.int(),
	costMicroUsd: z.int(),
	failed: z.int(),
});

export const overview = z
	.strictObject({
		from: instant,
		to: instant,
		bucketSeconds: z.int(),
		current: totals,
		/** The period of the same length just before. */
		previous: totals,
		/** Without gaps, oldest first. */
		buckets: z.array(bucket),
		topModels: z.array(ranked),
		topKeys: z.array(ranked),
		errors: z.array(z.strictObject({ code: z.string(), requests: z.int() })),
		/** Things that want a person's attention now. */
		warnings: z.array(
			z.strictObject({
				id: z.string(),
				severity: z.enum(["info", "low", "medium", "high", "critical"]),
				message: z.string(),
				href: z.string().nullable(),
			}),
		),
	})
	.meta({ id: "Overview" });
export type Overview = z.infer<typeof overview>;

export const getOverview = defineEndpoint({
	method: "GET",
	path: "/api/v1/overview",
	access: "logs:read",
	summary: "Traffic, blocked requests, spend, latency and errors over a range",
	query: rangeQuery,
	body: nothing,
	answer: overview,
});
