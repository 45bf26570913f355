"use client";

import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { levelOf } from "./budget-standing.ts";
import { certaintyWords, isRate, moment, roughAmount } from "./budget-words.ts";

/** Where it leads at this pace, and how sure that is; two short lines for tables. */
export function ForecastText({ budget }: { readonly budget: Budget }) {
	const now = useNow();
	const { forecast, unit, timeZone } = budget;
	const isNeeded = budget.isEnabled && budget.archivedAt === null && !isRate(budget);
	if (forecast === null || !isNeeded) {
		return <span className="text-faint">{whyNone(budget)}</span>;
	}
	const { amount, exhaustedAt, confidence } = forecast;
	return (
		<div className="sm:whitespace-nowrap">
			{levelOf(budget) === "used-up" ? (
				<span className="text-ink">about {roughAmount(unit, amount)} if unlimited</span>
			) : exhaustedAt === null ? (
				<span className="text-ink">about {roughAmount(unit, amount)}</span>
			) : (
				<span className="text-ink">out {moment(new Date(exhaustedAt), timeZone, now)}</span>
			)}
			<div className="text-faint text-xs">{certaintyWords[confidence].short}</div>
		</div>
	);
}

/** Why there is no forecast. */
export function whyNone({ usage, unit, window, isEnabled, archivedAt }: Budget): string {
	if (!isEnabled || archivedAt !== null) return "–";
	if (isRate({ unit, window })) return "–";
	return usage.windowEnd === null ? "no end to reckon with" : "too early to tell";
}
