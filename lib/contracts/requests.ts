import * as z from "zod";
import {
	attemptSchema,
	cacheOutcomes,
	findingRecordSchema,
	outcomes,
	stageTraceSchema,
} from "../../proxy-core/contract/settled-record.ts";
import { verdictActions } from "../../proxy-core/contract/verdict.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, page, rangeQuery } from "./shapes.ts";

export const requestSummary = z
	.strictObject({
		id: z.string(),
		receivedAt: instant,
		endpoint: z.string(),
		outcome: z.enum(outcomes),
		status: z.int(),
		errorCode: z.string().nullable(),
		action: z.enum(verdictActions),
		key: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
		user: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
		requestedModel: z.string().nullable(),
		provider: z.string().nullable(),
		model: z.string().nullable(),
		/** How a cache took part; null when none was asked. */
		cache: z.enum(cacheOutcomes).nullable(),
		isStreaming: z.boolean(),
		inputTokens: z.int().nullable(),
		outputTokens: z.int().nullable(),
		isEstimated: z.boolean(),
		costMicroUsd: z.int().nullable(),
		isUnpriced: z.boolean(),
		durationMs: z.number(),
		overheadMs: z.number(),
		firstByteMs: z.number().nullable(),
		ip: z.string(),
	})
	.meta({ id: "RequestSummary" });
export type RequestSummary = z.infer<typeof requestSummary>;

export const requestDetail = requestSummary
	.extend({
		node: z.string(),
		userAgent: z.string(),
		team: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
		owner: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
		/** The route that the requested name stood for. */
		route: z.string().nullable(),
		cachedTokens: z.int().nullable(),
		cacheWriteTokens: z.int().nullable(),
		reasoningTokens: z.int().nullable(),
		/** Further parts of the usage, such as images or seconds of sound, by name. */
		units: z.record(z.string(), z.number()),
		priceVersion: z.string().nullable(),
		requestBytes: z.int(),
		responseBytes: z.int(),
		tags: z.array(z.string()),
		endUser: z.string().nullable(),
		session: z.string().nullable(),
		stages: z.array(stageTraceSchema),
		findings: z.array(findingRecordSchema),
		attempts: z.array(attemptSchema),
	})
	.meta({ id: "RequestDetail" });
export type RequestDetail = z.infer<typeof requestDetail>;

/** Everything in the page's URL. A role without `keys:manage` sees its own requests only. */
export const requestFilters = rangeQuery.extend({
	outcome: z.enum(outcomes).optional(),
	action: z.enum(verdictActions).optional(),
	model: z.string().max(200).optional(),
	provider: z.string().max(64).optional(),
	keyId: z.string().max(64).optional(),
	teamId: z.string().max(64).optional(),
	/** Whoever chatted, or owns the key. */
	userId: z.string().max(64).optional(),
	tag: z.string().max(200).optional(),
	route: z.string().max(200).optional(),
	endpoint: z.string().max(64).optional(),
	ip: z.string().max(64).optional(),
	errorCode: z.string().max(64).optional(),
	/** A request id, or the beginning of one. */
	search: z.string().max(100).optional(),
});

export const listRequests = defineEndpoint({
	method: "GET",
	path: "/api/v1/requests",
	access: "logs:read",
	summary: "List requests, newest first",
	query: requestFilters.extend({
		cursor: z.string().max(200).optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
	}),
	body: nothing,
	answer: page(requestSummary),
});

export const getRequest = defineEndpoint({
	method: "GET",
	path: "/api/v1/requests/[id]",
	access: "logs:read",
	summary: "One request with its stages, findings and upstream attempts",
	query: nothing,
	body: nothing,
	answer: requestDetail,
});
