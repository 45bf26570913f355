import * as z from "zod";
import { severities, threatCategories } from "./threats.ts";
import { verdictActions } from "./verdict.ts";

export const outcomes = ["answered", "refused", "failed", "cancelled"] as const;
/**
 * `answered`: the model's answer was delivered. `refused`: a control said no. `failed`: upstream or
 * gateway error. `cancelled`: the caller hung up.
 */
export type Outcome = (typeof outcomes)[number];

export const cacheOutcomes = [
	"hit",
	"semantic-hit",
	"coalesced",
	"replayed",
	"miss",
	"bypass",
] as const;
export type CacheOutcome = (typeof cacheOutcomes)[number];

export const endpointIds = [
	"chat.completions",
	"completions",
	"responses",
	"messages",
	"messages.count_tokens",
	"generate_content",
	"generate_content.count_tokens",
	"embeddings",
	"moderations",
	"images.generations",
	"images.edits",
	"audio.speech",
	"audio.transcriptions",
	"audio.translations",
	"rerank",
	"models",
	"metrics",
] as const;
/** What a key can be allowed to call. */
export type EndpointId = (typeof endpointIds)[number];

/** What an application needs; `metrics` is for whoever runs the gateway. */
export const modelEndpointIds = endpointIds.filter((id) => id !== "metrics");

export const operationIds = [
	"embeddings",
	"moderations",
	"images.generations",
	"images.edits",
	"audio.speech",
	"audio.transcriptions",
	"audio.translations",
	"rerank",
] as const satisfies readonly EndpointId[];
/** Endpoints that ask a model for something other than a conversation. */
export type OperationId = (typeof operationIds)[number];

const count = z.int().min(0);

export const usageSchema = z.object({
	inputTokens: count,
	outputTokens: count,
	cachedInputTokens: count.optional(),
	cacheWriteTokens: count.optional(),
	reasoningTokens: count.optional(),
	longCacheWriteTokens: count.optional(),
	inputAudioTokens: count.optional(),
	outputAudioTokens: count.optional(),
	inputImageTokens: count.optional(),
	outputImageTokens: count.optional(),
	images: count.optional(),
	audioMs: count.optional(),
	characters: count.optional(),
	searches: count.optional(),
	estimated: z.boolean(),
});

export const stageTraceSchema = z.object({
	name: z.string(),
	/** Milliseconds after the request was received. */
	startMs: z.number(),
	durationMs: z.number(),
	action: z.enum([...verdictActions, "error"]),
	/** One short sentence for people; never content of the conversation. */
	note: z.string().optional(),
});
export type StageTrace = z.infer<typeof stageTraceSchema>;

const stageAction = stageTraceSchema.shape.action;

/**
 * A stage as the journal and the ledger keep it: name, start and duration in whole microseconds, then
 * action and note unless they are `allow` and nothing. A request has many stages, its line is copied
 * several times, and whole numbers are the cheapest to write.
 */
export const storedStageSchema = z.union([
	z.tuple([z.string(), z.int(), z.int()]),
	z.tuple([z.string(), z.int(), z.int(), stageAction]),
	z.tuple([z.string(), z.int(), z.int(), stageAction, z.string()]),
]);
export type StoredStage = z.infer<typeof storedStageSchema>;

export function stageTrace([name, startUs, durationUs, action, note]: StoredStage): StageTrace {
	return {
		name,
		startMs: startUs / 1000,
		durationMs: durationUs / 1000,
		action: action ?? "allow",
		...(note === undefined ? {} : { note }),
	};
}

export const findingRecordSchema = z.object({
	/** The guard, or the stage, that found it. */
	guard: z.string(),
	rule: z.string(),
	category: z.enum(threatCategories).optional(),
	severity: z.enum(severities).optional(),
	action: z.enum(verdictActions),
	/** What would have been done, were the rule not only monitored. */
	wouldBe: z.enum(verdictActions).optional(),
	source: z.string(),
	/** Which of the request's texts, in their order; absent for answers and for what stands in no text. */
	segment: z.int().min(0).optional(),
	start: z.int(),
	end: z.int(),
	score: z.number(),
});

export const attemptSchema = z.object({
	provider: z.string(),
	model: z.string(),
	startMs: z.number(),
	durationMs: z.number(),
	status: z.int().nullable(),
	error: z.string().optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/**
 * One line of the journal: everything that is remembered about one request. Written before the
 * answer's last byte leaves; the ledger in the database is made from these lines and nothing else.
 * Holds no text of the conversation and no credential.
 */
export const settledRecordSchema = z.object({
	version: z.literal(1),
	requestId: z.string(),
	node: z.string(),
	/** Epoch milliseconds when the request's head arrived. */
	receivedAt: z.number(),
	endpoint: z.string(),
	outcome: z.enum(outcomes),
	/** HTTP status that the caller saw. */
	status: z.int(),
	errorCode: z.string().nullable(),
	keyId: z.string().nullable(),
	ownerId: z.string().nullable(),
	teamId: z.string().nullable(),
	/** The console user behind a playground request. */
	userId: z.string().nullable(),
	ip: z.string(),
	userAgent: z.string(),
	requestedModel: z.string().nullable(),
	/** The route that the requested name stood for; null when it named a target or a plain model. */
	route: z.string().nullable(),
	provider: z.string().nullable(),
	model: z.string().nullable(),
	isStreaming: z.boolean(),
	usage: usageSchema.nullable(),
	/** Null when there was no usage, or when the model has no price (then `isUnpriced`). */
	costMicroUsd: z.int().nullable(),
	isUnpriced: z.boolean(),
	priceVersion: z.string().nullable(),
	/** How a cache took part; null when none was asked. `coalesced`: shared the answer of a request under way. */
	cache: z.enum(cacheOutcomes).nullable(),
	/** Budgets that this request's cost counts against: counter and start of its window in epoch milliseconds. */
	charges: z.array(z.tuple([z.string(), z.number()])),
	durationMs: z.number(),
	/** Time spent in the gateway itself: `durationMs` less the time waited for providers. */
	overheadMs: z.number(),
	firstByteMs: z.number().nullable(),
	requestBytes: z.int(),
	responseBytes: z.int(),
	action: z.enum(verdictActions),
	tags: z.array(z.string()),
	endUser: z.string().nullable(),
	session: z.string().nullable(),
	/** Of the TLS handshake, as a trusted edge tells it: `ja4:…` or `ja3:…`. */
	fingerprint: z.string().optional(),
	/** ISO 3166 code, as a trusted edge tells it. */
	country: z.string().optional(),
	stages: z.array(storedStageSchema),
	findings: z.array(findingRecordSchema),
	attempts: z.array(attemptSchema),
});
export type SettledRecord = z.infer<typeof settledRecordSchema>;
export type FindingRecord = z.infer<typeof findingRecordSchema>;
