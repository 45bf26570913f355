import type { Outcome, SettledRecord } from "../../proxy-core/contract/settled-record.ts";
import { costMicroUsd } from "../../proxy-core/pricing/cost.ts";
import type { PriceCatalogue } from "../../proxy-core/pricing/price-catalogue.ts";
import { pick, seededRandom } from "../simulate/random.ts";
import { makeFindings } from "./demo-findings.ts";

export interface HistoryKey {
	readonly id: string;
	readonly teamId: string | null;
	readonly weight: number;
}

export interface HistoryOptions {
	readonly keys: readonly [HistoryKey, ...HistoryKey[]];
	readonly prices: PriceCatalogue;
	readonly days: number;
	/** On a working day at noon. */
	readonly requestsPerHour: number;
	/** Epoch milliseconds; the newest entry lies shortly before. */
	readonly now: number;
}

const hourMs = 3_600_000;

interface Model {
	readonly provider: string;
	readonly model: string;
	readonly weight: number;
	/** Of a middling request. */
	readonly inputTokens: number;
	readonly outputTokens: number;
}

const models: readonly [Model, ...Model[]] = [
	{ provider: "openai", model: "gpt-5-mini", weight: 30, inputTokens: 900, outputTokens: 260 },
	{ provider: "openai", model: "gpt-5", weight: 12, inputTokens: 2400, outputTokens: 520 },
	{
		provider: "anthropic",
		model: "claude-sonnet-4-5",
		weight: 24,
		inputTokens: 3100,
		outputTokens: 480,
	},
	{
		provider: "anthropic",
		model: "claude-haiku-4-5",
		weight: 18,
		inputTokens: 700,
		outputTokens: 190,
	},
	{ provider: "simulator", model: "echo", weight: 8, inputTokens: 60, outputTokens: 50 },
];

interface Ending {
	readonly weight: number;
	readonly outcome: Outcome;
	readonly status: number;
	readonly errorCode: string | null;
	readonly action: SettledRecord["action"];
}

const endings: readonly [Ending, ...Ending[]] = [
	{ weight: 930, outcome: "answered", status: 200, errorCode: null, action: "allow" },
	{ weight: 30, outcome: "answered", status: 200, errorCode: null, action: "redact" },
	{ weight: 24, outcome: "refused", status: 403, errorCode: "guardrail_blocked", action: "block" },
	{
		weight: 14,
		outcome: "refused",
		status: 429,
		errorCode: "rate_limit_exceeded",
		action: "allow",
	},
	{ weight: 5, outcome: "refused", status: 401, errorCode: "invalid_api_key", action: "allow" },
	{ weight: 9, outcome: "failed", status: 502, errorCode: "upstream_failed", action: "allow" },
	{ weight: 4, outcome: "failed", status: 504, errorCode: "upstream_timeout", action: "allow" },
	{
		weight: 6,
		outcome: "cancelled",
		status: 499,
		errorCode: "client_closed_request",
		action: "allow",
	},
];

const tagSets: readonly [WeightedTags, ...WeightedTags[]] = [
	{ weight: 50, tags: ["production"] },
	{ weight: 20, tags: ["production", "summaries"] },
	{ weight: 12, tags: ["staging"] },
	{ weight: 8, tags: ["evaluation", "nightly"] },
	{ weight: 10, tags: [] },
];

interface WeightedTags {
	readonly weight: number;
	readonly tags: string[];
}

/** Made-up entries of the ledger over the last days, busier on working days and by daylight. */
export function makeHistory(options: HistoryOptions): readonly SettledRecord[] {
	const { days, requestsPerHour, now } = options;
	const random = seededRandom(20_260_101);
	const records: SettledRecord[] = [];
	for (let hour = days * 24; hour > 0; hour -= 1) {
		const from = now - hour * hourMs;
		const count = Math.round(requestsPerHour * busyness(new Date(from)) * (0.8 + 0.4 * random()));
		for (let index = 0; index < count; index += 1) {
			const receivedAt = Math.floor(from + random() * hourMs);
			const requestId = `req_demo${records.length.toString(36).padStart(8, "0")}`;
			records.push(makeRecord({ ...options, random, receivedAt, requestId }));
		}
	}
	return records;
}

function busyness(at: Date): number {
	const isWeekend = at.getUTCDay() % 6 === 0;
	const daylight = Math.max(0, Math.cos(((at.getUTCHours() - 13) / 24) * 2 * Math.PI));
	return (isWeekend ? 0.35 : 1) * (0.15 + 0.85 * daylight);
}

interface Drawn extends HistoryOptions {
	readonly random: () => number;
	readonly receivedAt: number;
	readonly requestId: string;
}

function makeRecord({ keys, prices, random, receivedAt, requestId }: Drawn): SettledRecord {
	const { provider, model, ...size } = pick(models, random);
	const key = pick(keys, random);
	const { weight: _, ...ending } = pick(endings, random);
	const isStranger = ending.status === 401;
	const isServed = ending.outcome === "answered" || ending.outcome === "cancelled";
	const isSent = isServed || ending.outcome === "failed";
	const spread = () => 0.3 + 1.6 * random() * random();
	const usage = {
		inputTokens: Math.round(size.inputTokens * spread()),
		outputTokens: Math.round(size.outputTokens * spread()),
		estimated: ending.outcome === "cancelled",
	};
	const price = prices.find(provider, model)?.price;
	const waitMs = isSent ? 280 + usage.outputTokens * 4.5 * spread() : 0;
	const overheadMs = 0.35 + 0.5 * random() * random();
	const { findings, ip } = makeFindings(ending.action, random);
	return {
		version: 1,
		requestId,
		node: "demo",
		receivedAt,
		endpoint: "chat.completions",
		...ending,
		keyId: isStranger ? null : key.id,
		ownerId: null,
		teamId: isStranger ? null : key.teamId,
		userId: null,
		// Addresses that are reserved for documentation.
		ip: ip ?? `192.0.2.${1 + Math.floor(random() * 40)}`,
		userAgent: "demo-history/1.0",
		requestedModel: `${provider}/${model}`,
		route: null,
		provider: isSent ? provider : null,
		model: isSent ? model : null,
		isStreaming: random() < 0.6,
		usage: isServed ? usage : null,
		costMicroUsd: isServed && price !== undefined ? (costMicroUsd(usage, price) ?? null) : null,
		isUnpriced: isServed && price === undefined,
		priceVersion: isServed ? prices.version : null,
		cache: null,
		charges: [],
		durationMs: waitMs + overheadMs,
		overheadMs,
		firstByteMs: isServed ? waitMs * 0.25 : null,
		requestBytes: usage.inputTokens * 4,
		responseBytes: isServed ? usage.outputTokens * 5 : 220,
		tags: pick(tagSets, random).tags,
		endUser: null,
		session: null,
		stages: [["receive", 0, 50]],
		findings,
		attempts: isSent
			? [{ provider, model, startMs: 0.3, durationMs: waitMs, status: ending.status }]
			: [],
	};
}
