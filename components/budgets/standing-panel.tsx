"use client";

import type { ReactNode } from "react";
import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { formatCount, formatShare } from "../../lib/format/numbers.ts";
import { formatRelative } from "../../lib/format/time.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { fullestName, leftOf, shareOf } from "./budget-standing.ts";
import { amountInWords, countedWord, moment, windowWords } from "./budget-words.ts";
import { Gauge } from "./gauge.tsx";

interface StandingPanelProps {
	readonly budget: Budget;
	/** Absent for people who may not change budgets. */
	readonly onEndRaise?: () => void;
}

/** Spent, set aside and left: the figures that finance looks for first. */
export function StandingPanel({ budget, onEndRaise }: StandingPanelProps) {
	const { title, unit, usage, softLimit, window } = budget;
	const isCalm = !budget.isEnabled || budget.archivedAt !== null;
	const isParallel = unit === "parallel";
	const fullest = fullestName(budget);
	const name = isParallel ? "Now" : windowWords[window].this;
	return (
		<Panel
			title={fullest === undefined ? name : `${name}: ${fullest}, the fullest`}
			description={<WindowText budget={budget} />}
		>
			<p className="mt-1 flex flex-wrap items-baseline gap-x-2">
				<span className="font-semibold text-2xl text-ink tracking-tight">
					{unit === "usd" ? amountInWords(unit, leftOf(budget)) : formatCount(leftOf(budget))}
				</span>
				<span className="text-muted">left of {amountInWords(unit, usage.limit)}</span>
			</p>
			<div className="mt-3">
				<Gauge
					label={`Use of ${title}`}
					unit={unit}
					usage={usage}
					softLimit={softLimit}
					isLarge
					isCalm={isCalm}
				/>
			</div>
			<dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
				{!isParallel && (
					<Figure label={countedWord(unit) === "spent" ? "Spent" : "Used"}>
						{amountInWords(unit, usage.spent)}
						<Note>
							{formatShare(shareOf(usage.spent, usage.limit))}
							{unit !== "usd" && ", with what nodes took ahead"}
						</Note>
					</Figure>
				)}
				{(unit === "usd" || isParallel) && (
					<Figure label={isParallel ? "Under way or kept ready" : "Set aside"}>
						{amountInWords(unit, usage.reserved)}
						<Note>{isParallel ? "by the nodes" : "for requests under way and the next ones"}</Note>
					</Figure>
				)}
				<Figure label="Soft limit">
					{softLimit === null ? "none" : amountInWords(unit, softLimit)}
					{softLimit !== null && <Note>{formatShare(shareOf(softLimit, usage.limit))}</Note>}
				</Figure>
				<Figure label="Hard limit">
					{amountInWords(unit, usage.limit)}
					<RaiseNote budget={budget} {...(onEndRaise === undefined ? {} : { onEndRaise })} />
				</Figure>
			</dl>
		</Panel>
	);
}

function WindowText({ budget: { usage, timeZone, unit } }: { readonly budget: Budget }) {
	const now = useNow();
	if (unit === "parallel") return "Counted at every moment";
	if (usage.windowEnd === null) return "Counts on; it never starts anew";
	const end = new Date(usage.windowEnd);
	const start = new Date(usage.windowStart);
	return `From ${moment(start, timeZone, now)} to ${moment(end, timeZone, now)} in ${timeZone}; starts anew ${formatRelative(end, now)}`;
}

function RaiseNote({ budget, onEndRaise }: StandingPanelProps) {
	const { raise, unit, timeZone } = budget;
	const now = useNow();
	if (raise === null) return undefined;
	return (
		<>
			<Note>
				{amountInWords(unit, raise.amount)} more until{" "}
				{moment(new Date(raise.until), timeZone, now)}
			</Note>
			{onEndRaise !== undefined && (
				<Button size="small" className="mt-1.5" onClick={onEndRaise}>
					End the raise
				</Button>
			)}
		</>
	);
}

interface FigureProps {
	readonly label: string;
	readonly children: ReactNode;
}

function Figure({ label, children }: FigureProps) {
	return (
		<div className="min-w-0">
			<dt className="text-muted text-sm">{label}</dt>
			<dd className="font-medium text-ink">{children}</dd>
		</div>
	);
}

function Note({ children }: { readonly children: ReactNode }) {
	return <div className="font-normal text-muted text-xs">{children}</div>;
}
