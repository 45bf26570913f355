import type { ErrorCode } from "../contract/errors.ts";
import type { QuotaUnit } from "../contract/quota.ts";
import type { Settings } from "../contract/settings.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { limitHeaders } from "../http/answer-headers.ts";
import type {
	Authorised,
	Identified,
	Limited,
	Parsed,
	Rated,
	RateLimit,
	Received,
} from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { GatewayPorts } from "../ports.ts";
import type { Applied } from "../quotas/applicable-quotas.ts";
import { applicableQuotas, quotasOfPurpose, quotasOfSender } from "../quotas/applicable-quotas.ts";
import { requestLimits, usageLimits } from "../quotas/built-in-limits.ts";
import { demandOf } from "../quotas/demand.ts";
import type { Booking, Demand, Standing } from "../quotas/quota-desk.ts";
import type { RequestSize } from "../quotas/request-size.ts";
import { sizeOf } from "../quotas/request-size.ts";
import type { Snapshot } from "../snapshot.ts";

type Needs = Received & Identified & Rated & Partial<Parsed & Authorised>;

/** When a slot will be free again nobody knows. */
const parallelRetryMs = 1000;

type Ports = Pick<GatewayPorts, "quotas" | "now">;

const refusals = {
	requests: { code: "limit.rate", what: "requests" },
	tokens: { code: "limit.tokens", what: "tokens" },
	parallel: { code: "limit.parallel", what: "requests at once" },
	usd: { code: "budget.exceeded", what: "costs" },
} as const satisfies Record<QuotaUnit, { code: ErrorCode; what: string }>;

/**
 * Requests of everybody whom the head names: caller, team, address, organisation. Before the body is
 * even read, so that nobody over a limit costs more than a look.
 */
export function rate({ quotas, now }: Ports): Stage<Received & Identified, Rated> {
	return {
		name: "rate",
		run: ({ caller, exchange, snapshot, dialect }) => {
			const { ip } = exchange.incoming;
			const demands = [
				...requestLimits({ caller, ip, limits: snapshot.settings.limits }),
				...quotasOfSender(snapshot.quotas, "requests", { caller, ip }).map(countedOnce),
			];
			const conclude = (booked: Booking): Rated => {
				const { reservation, standings } = granted(booked, dialect, now());
				return { counted: reservation, senderLimit: tightest("requests", standings, now()) };
			};
			const booking = quotas.reserve(demands);
			return booking instanceof Promise ? booking.then(conclude) : conclude(booking);
		},
	};
}

/**
 * What only the body tells: tokens, requests at once, and requests of tags and models. All limits hold
 * over all nodes. Headers tell about the tightest limit of each unit.
 */
export function limit({ quotas, now }: Ports): Stage<Needs, Limited> {
	return {
		name: "limit",
		run: (context) => {
			const { dialect, senderLimit, request, snapshot } = context;
			const size = request && countsTokens(snapshot) ? sizeOf(request) : undefined;
			const conclude = (booked: Booking): Limited => {
				const { reservation, standings } = granted(booked, dialect, now());
				return {
					rateLimit: tighter(senderLimit, tightest("requests", standings, now())),
					tokenLimit: tightest("tokens", standings, now()),
					reservation,
					size,
				};
			};
			const demands = request === undefined ? [] : demandsOf(context, request, size);
			const booking = quotas.reserve(demands);
			return booking instanceof Promise ? booking.then(conclude) : conclude(booking);
		},
	};
}

/** Measuring a request costs more than all the rest of this stage. */
function countsTokens({ settings, quotas }: Snapshot): boolean {
	return settings.limits.keyTokensPerMinute > 0 || quotas.counts("tokens");
}

function demandsOf(
	{ caller, exchange, snapshot, plan, trace }: Readonly<Needs>,
	request: Parsed["request"],
	size: RequestSize | undefined,
): readonly Demand[] {
	const { settings, quotas } = snapshot;
	const tokensMax =
		size === undefined ? 0 : size.inputTokensMax + answerTokensOf(request, settings);
	const builtIn = usageLimits({ caller, limits: settings.limits }, tokensMax);
	if (quotas.all.length === 0) return builtIn;
	const targets = plan?.choices.map((choice) => choice.target) ?? [];
	const { ip } = exchange.incoming;
	const subjects = { caller, ip, tags: trace.labels.tags, plan, targets };
	return [
		...builtIn,
		...quotasOfPurpose(quotas, "requests", subjects).map(countedOnce),
		...applicableQuotas(quotas, "tokens", subjects).map((one) => demandOf(one, tokensMax)),
		...applicableQuotas(quotas, "parallel", subjects).map(countedOnce),
	];
}

function countedOnce(applied: Applied): Demand {
	return demandOf(applied, 1);
}

/** All answers at the length that the request or the settings allow. */
function answerTokensOf(request: Parsed["request"], settings: Settings): number {
	return (request.outputTokensMax ?? settings.budgets.assumedOutputTokens) * request.choices;
}

type Granted = Extract<Booking, { readonly ok: true }>;

function granted(booking: Booking, dialect: Received["dialect"], now: number): Granted {
	if (!booking.ok) throw refusal(booking.standing, dialect, now);
	return booking;
}

function tightest(
	unit: QuotaUnit,
	standings: readonly Standing[],
	now: number,
): RateLimit | undefined {
	let first: Standing | undefined;
	for (const standing of standings) {
		if (standing.demand.quota.unit !== unit) continue;
		if (first === undefined || standing.remaining < first.remaining) first = standing;
	}
	return first && toRateLimit(first, now);
}

function tighter(a: RateLimit | undefined, b: RateLimit | undefined): RateLimit | undefined {
	if (a === undefined || b === undefined) return a ?? b;
	return b.remaining < a.remaining ? b : a;
}

function toRateLimit({ limit: most, remaining, windowEnd }: Standing, now: number): RateLimit {
	const resetMs = windowEnd === null ? 0 : Math.max(0, windowEnd - now);
	return { limit: most, remaining: Math.min(most, Math.max(0, remaining)), resetMs };
}

function refusal(standing: Standing, dialect: Received["dialect"], now: number): GatewayError {
	const { unit, title, window } = standing.demand.quota;
	const { code, what } = refusals[unit];
	const shown = { ...toRateLimit(standing, now), remaining: 0 };
	const per = window === "total" ? "" : ` a ${window}`;
	return new GatewayError(code, {
		message: `Too many ${what}: the limit "${title}" is ${standing.limit}${per}.`,
		...retryOf(standing, now),
		headers: {
			...limitHeaders({
				dialect,
				rateLimit: unit === "requests" ? shown : undefined,
				tokenLimit: unit === "tokens" ? shown : undefined,
			}),
			...(unit !== "parallel" && standing.windowEnd === null ? { "x-should-retry": "false" } : {}),
		},
	});
}

function retryOf({ demand, windowEnd }: Standing, now: number): { retryAfterMs?: number } {
	if (demand.quota.unit === "parallel") return { retryAfterMs: parallelRetryMs };
	return windowEnd === null ? {} : { retryAfterMs: Math.max(1, windowEnd - now) };
}
