import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { rangeQuery } from "../../contracts/shapes.ts";
import type { Period } from "../usage/split-period.ts";
import { readsLedger } from "../usage/split-period.ts";

const minuteMs = 60_000;
const lengths = {
	"15m": 15 * minuteMs,
	"1h": 60 * minuteMs,
	"24h": 24 * 60 * minuteMs,
	"7d": 7 * 24 * 60 * minuteMs,
	"30d": 30 * 24 * 60 * minuteMs,
} as const;
const lengthMsMax = 400 * 24 * 60 * minuteMs;

/** Seconds that people count in; each divides the next larger unit. */
const shortSteps = [10, 30, 60, 120, 300] as const;
/** Longer periods are read from sums that are kept for hours, quarters of days and days. */
const longSteps = [3600, 21_600, 86_400, 604_800] as const;
const bucketsMax = 72;

/** The period a query names: two instants, or a preset that ends now. Throws `request.invalid`. */
export function readPeriod(query: z.output<typeof rangeQuery>, nowMs: number): Period {
	const to = query.to === undefined ? nowMs : Date.parse(query.to);
	const from = query.from === undefined ? to - lengths[query.range] : Date.parse(query.from);
	if (from >= to || to - from > lengthMsMax) {
		throw new GatewayError("request.invalid", {
			param: "from",
			message: "The range must begin before it ends and be at most 400 days long.",
		});
	}
	return { from: new Date(from), to: new Date(to) };
}

export function periodBefore({ from, to }: Period): Period {
	return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
}

/** The finest step that keeps a chart readable and that sums are kept for. */
export function bucketSecondsOf(period: Period): number {
	const seconds = (period.to.getTime() - period.from.getTime()) / 1000;
	const steps: readonly number[] = readsLedger(period) ? shortSteps : longSteps;
	return steps.find((step) => seconds / step <= bucketsMax) ?? steps.at(-1) ?? 0;
}
