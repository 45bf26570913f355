import * as z from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, rangeQuery } from "./shapes.ts";

/**
 * What is measured of a group: `spend` in micro-dollars, `tokens` in and out together, `requests`,
 * `errors` (requests that were refused or failed), `latency` as the 95th percentile of answers in
 * milliseconds.
 */
export const analyticsMetrics = ["spend", "tokens", "requests", "latency", "errors"] as const;
export type AnalyticsMetric = (typeof analyticsMetrics)[number];

/**
 * What requests are told apart by. `model` is the target that served, as `provider/model`; `user` the
 * person who chatted or who owns the key. A request with several tags counts in each of them.
 */
export const analyticsGroups = [
	"model",
	"provider",
	"route",
	"endpoint",
	"team",
	"user",
	"key",
	"tag",
	"error",
] as const;
export type AnalyticsGroup = (typeof analyticsGroups)[number];

/** Only requests with all of these. */
export const usageFilters = z.strictObject({
	provider: z.string().max(64).optional(),
	/** The upstream's name of the model that served. */
	model: z.string().max(200).optional(),
	route: z.string().max(200).optional(),
	endpoint: z.string().max(64).optional(),
	teamId: z.string().max(64).optional(),
	/** Whoever chatted, or owns the key. */
	userId: z.string().max(64).optional(),
	keyId: z.string().max(64).optional(),
	tag: z.string().max(200).optional(),
	errorCode: z.string().max(64).optional(),
});
export type UsageFilters = z.infer<typeof usageFilters>;

export const analyticsQuestion = rangeQuery.extend({
	...usageFilters.shape,
	metric: z.enum(analyticsMetrics).default("spend"),
	groupBy: z.enum(analyticsGroups).default("model"),
});

const totals = z.strictObject({
	requests: z.int(),
	answered: z.int(),
	refused: z.int(),
	failed: z.int(),
	costMicroUsd: z.int(),
	/** Answered by a model without a price: the spend does not include them. */
	unpricedRequests: z.int(),
	inputTokens: z.int(),
	outputTokens: z.int(),
	/** Null when nothing was answered, and of groups unless the metric is latency. */
	latencyMsP50: z.number().nullable(),
	latencyMsP95: z.number().nullable(),
});
export type AnalyticsTotals = z.infer<typeof totals>;

/** Null: requests that have none, such as refused ones without a model. */
const groupId = z.string().nullable();

const group = totals.extend({
	id: groupId,
	/** The name of a team, person or key; the id when it is gone. */
	label: z.string(),
	/** Of the asked metric. */
	value: z.number(),
	/** Of the period before; null when it is not compared or nothing was measured. */
	valueBefore: z.number().nullable(),
	/** Of the total, 0 to 1; null for latency. Shares of tags may sum up to more than 1. */
	share: z.number().nullable(),
});
export type AnalyticsRow = z.infer<typeof group>;

const series = z.strictObject({
	kind: z.enum(["group", "others"]),
	id: groupId,
	label: z.string(),
	/** One for each of `buckets`; null where no latency was measured. */
	values: z.array(z.number().nullable()),
});
export type AnalyticsSeries = z.infer<typeof series>;

export const analytics = z
	.strictObject({
		from: instant,
		to: instant,
		bucketSeconds: z.int(),
		/** The period of the same length just before; null when not asked for. */
		before: z.strictObject({ from: instant, to: instant, totals }).nullable(),
		totals,
		/** Names of the team, person or key that was filtered by, where they are known. */
		filterNames: z.strictObject({
			teamId: z.string().optional(),
			userId: z.string().optional(),
			keyId: z.string().optional(),
		}),
		/** Beginnings of the steps, oldest first, without gaps. */
		buckets: z.array(instant),
		/** The groups with the most, then all others together. Latency has no others. */
		series: z.array(series),
		/** The whole of the period before, one for each of `buckets`; null for latency too. */
		valuesBefore: z.array(z.number()).nullable(),
		/** Largest first. */
		items: z.array(group),
		nextCursor: z.string().nullable(),
	})
	.meta({ id: "Analytics" });
export type Analytics = z.infer<typeof analytics>;

export const getAnalytics = defineEndpoint({
	method: "GET",
	path: "/api/v1/analytics",
	access: "logs:read",
	summary: "Spend, tokens, requests, latency or errors over a range, by model, team, key and more",
	query: analyticsQuestion.extend({
		compare: z.enum(["previous", "none"]).default("previous"),
		cursor: z.string().max(400).optional(),
		limit: z.coerce.number().int().min(1).max(200).default(25),
	}),
	body: nothing,
	answer: analytics,
});

export const exportAnalytics = defineEndpoint({
	method: "GET",
	path: "/api/v1/analytics/export",
	access: "logs:read",
	summary: "The same as a file: one record for each step of time and group",
	query: analyticsQuestion.extend({ format: z.enum(["csv", "json"]).default("csv") }),
	body: nothing,
	answer: z.unknown(),
});
