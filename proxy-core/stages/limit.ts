import type { ErrorCode } from "../contract/errors.ts";
import type { QuotaUnit } from "../contract/quota.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { limitHeaders } from "../http/answer-headers.ts";
import type {
	Authorised,
	Identified,
	Limited,
	Parsed,
	RateLimit,
	Received,
} from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { GatewayPorts } from "../ports.ts";
import { applicableQuotas } from "../quotas/applicable-quotas.ts";
import { builtInLimits } from "../quotas/built-in-limits.ts";
import type { Booking, Demand, Standing } from "../quotas/quota-desk.ts";
import { sizeOf } from "../quotas/request-size.ts";

type Needs = Received & Identified & Partial<Parsed & Authorised>;

const units = ["requests", "tokens", "parallel"] as const satisfies readonly QuotaUnit[];
/** When a slot will be free again nobody knows. */
const parallelRetryMs = 1000;

const refusals = {
	requests: { code: "limit.rate", what: "requests" },
	tokens: { code: "limit.tokens", what: "tokens" },
	parallel: { code: "limit.parallel", what: "requests at once" },
	usd: { code: "budget.exceeded", what: "costs" },
} as const satisfies Record<QuotaUnit, { code: ErrorCode; what: string }>;

/**
 * Requests, tokens and parallel requests of everybody whom this request counts for; all limits hold
 * over all nodes. Headers tell about the tightest limit of each unit.
 */
export function limit({
	quotas,
	now,
}: Pick<GatewayPorts, "quotas" | "now">): Stage<Needs, Limited> {
	return {
		name: "limit",
		run: (context) => {
			const booking = quotas.reserve(demandsOf(context));
			if (booking instanceof Promise)
				return booking.then((later) => limited(later, context, now()));
			return limited(booking, context, now());
		},
	};
}

function demandsOf(context: Readonly<Needs>): readonly Demand[] {
	const { caller, exchange, snapshot, request, plan, trace } = context;
	const { settings, quotas } = snapshot;
	const { ip } = exchange.incoming;
	const countsTokens = settings.limits.keyTokensPerMinute > 0 || quotas.counts("tokens");
	const tokensMax = request === undefined ? undefined : countsTokens ? tokensOf(context) : 0;
	const builtIn = builtInLimits({ caller, ip, limits: settings.limits, tokensMax });
	if (quotas.all.length === 0) return builtIn;
	const targets = plan?.choices.map((choice) => choice.target) ?? [];
	const subjects = { caller, ip, tags: trace.labels.tags, plan, targets };
	const wanted = request === undefined ? (["requests"] as const) : units;
	const own = wanted.flatMap((unit) =>
		applicableQuotas(quotas, unit, subjects).map(({ quota, subject, targets: only }): Demand => {
			const amount = unit === "tokens" ? (tokensMax ?? 0) : 1;
			if (only === undefined) return { quota, subject, amount };
			return { quota, subject, amount, targets: new Set(only.map(({ id }) => id)) };
		}),
	);
	return [...builtIn, ...own];
}

/** What the request may use: its input, and all answers at the length that it or the settings allow. */
function tokensOf({ request, snapshot }: Readonly<Needs>): number {
	if (request === undefined) return 0;
	const outputTokens = request.outputTokensMax ?? snapshot.settings.budgets.assumedOutputTokens;
	return sizeOf(request).inputTokensMax + outputTokens * request.choices;
}

function limited(booking: Booking, { dialect }: Readonly<Needs>, now: number): Limited {
	if (!booking.ok) throw refusal(booking.standing, dialect, now);
	const tightest = (unit: QuotaUnit) => {
		const [first] = booking.standings
			.filter(({ demand }) => demand.quota.unit === unit)
			.sort((a, b) => a.remaining - b.remaining);
		return first && toRateLimit(first, now);
	};
	return {
		rateLimit: tightest("requests"),
		tokenLimit: tightest("tokens"),
		reservation: booking.reservation,
	};
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
