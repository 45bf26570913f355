import type { Model } from "../../lib/contracts/models.ts";
import { formatMoney } from "../../lib/format/money.ts";

/** `$2.50 in, $10.00 out per 1M tokens`. */
export function priceInWords(price: Model["price"]): string {
	if (price === null) return "no price: cost unknown";
	if (price.inputMicroUsd === 0 && price.outputMicroUsd === 0) return "free";
	return `${formatMoney(price.inputMicroUsd)} in, ${formatMoney(price.outputMicroUsd)} out per 1M tokens`;
}

/** Dollars as the gateway says them, in micro-dollars; undefined for `unknown` and for nothing. */
export function microUsdOf(costUsd: string | undefined): number | undefined {
	const dollars = costUsd === undefined || costUsd === "" ? Number.NaN : Number(costUsd);
	return Number.isFinite(dollars) ? Math.round(dollars * 1_000_000) : undefined;
}
