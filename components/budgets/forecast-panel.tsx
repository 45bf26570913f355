"use client";

import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { formatRelative } from "../../lib/format/time.ts";
import { Panel } from "../ui/panel.tsx";
import { certaintyWords, moment, roughAmount } from "./budget-words.ts";
import { whyNone } from "./forecast-text.tsx";

/** Whether it will last, and how far that can be trusted. */
export function ForecastPanel({ budget }: { readonly budget: Budget }) {
	const { forecast, unit, usage, timeZone } = budget;
	const now = useNow();
	if (forecast === null || usage.windowEnd === null) {
		return (
			<Panel title="Will it last?">
				<p className="text-muted">{reasons[whyNone(budget)] ?? reasons["–"]}</p>
			</Panel>
		);
	}
	const { exhaustedAt, amount, low, high, confidence } = forecast;
	const runsOut = exhaustedAt === null ? undefined : new Date(exhaustedAt);
	const isSpent = usage.spent >= usage.limit;
	return (
		<Panel title="Will it last?" description="If it goes on at this pace">
			<p className="mt-1 font-semibold text-2xl text-ink tracking-tight">
				{isSpent ? "It is used up" : runsOut === undefined ? "Yes, probably" : "No, probably not"}
			</p>
			{runsOut !== undefined && !isSpent && (
				<p className="mt-1 text-ink">
					Used up {moment(runsOut, timeZone, now)} ({formatRelative(runsOut, now)}).
				</p>
			)}
			<p className="mt-1 text-ink">
				{isSpent ? "Without the limit about " : "About "}
				{roughAmount(unit, amount)} by the end
				{low === high ? "" : `, between ${roughAmount(unit, low)} and ${roughAmount(unit, high)}`}.
			</p>
			<p className="mt-2 text-muted text-sm">{certaintyWords[confidence].why}</p>
		</Panel>
	);
}

const reasons: Readonly<Record<string, string>> = {
	"too early to tell": "Too early to tell: this window has only begun.",
	"no end to reckon with":
		"This budget never starts anew, so there is no end to reckon with. It lasts until it is used up.",
	"–": "There is no pace to reckon with.",
};
