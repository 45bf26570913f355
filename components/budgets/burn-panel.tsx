"use client";

import { useQuery } from "@tanstack/react-query";
import { budgetBurnQuery } from "../../lib/client/budgets.ts";
import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { toTable } from "../../lib/format/chart-points.ts";
import { formatMoney, formatMoneyCompact } from "../../lib/format/money.ts";
import type { LevelLine, Outlook } from "../charts/burn-chart.tsx";
import { BurnChart } from "../charts/burn-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { whose } from "./budget-words.ts";
import type { Burn, BurnChartData } from "./burn-points.ts";
import { burnChart, burnSeries } from "./burn-points.ts";

interface BurnPanelProps {
	readonly budget: Budget;
	/** Of a budget that counts each separately: which one; the fullest when undefined. */
	readonly subjectId: string | undefined;
}

/** How the money of this window went, and whether the rest will last. */
export function BurnPanel({ budget, subjectId }: BurnPanelProps) {
	const query = useQuery(budgetBurnQuery(budget.id, subjectId));
	return (
		<DataGate
			query={query}
			skeleton={
				<Panel title="Spending">
					<Skeleton className="h-64" />
				</Panel>
			}
		>
			{(burn) => <BurnFrame budget={budget} burn={burn} />}
		</DataGate>
	);
}

function BurnFrame({ budget, burn }: { readonly budget: Budget; readonly burn: Burn }) {
	const { usage, stepSeconds } = burn;
	const data = burnChart(burn, budget, useNow().getTime());
	const subject = usage.subject === null ? undefined : whose({ ...budget, subject: usage.subject });
	return (
		<ChartFrame
			title={subject === undefined ? "Spending" : `Spending of ${subject}`}
			unit={`US dollars since the window began, by ${stepSeconds < 86_400 ? "the hour" : "the day"}, days of ${budget.timeZone}`}
			legend={legendOf(burn)}
			table={toTable(data.points, burnSeries, {
				value: formatMoney,
				timeZone: budget.timeZone,
			})}
			isEmpty={usage.spent === 0}
			empty={{ title: "Nothing has been spent in this window." }}
		>
			<BurnChart
				points={data.points}
				series={burnSeries}
				levels={levelsOf(data)}
				outlook={outlookOf(burn, data)}
				top={data.top}
				formatValue={formatMoney}
				formatAxis={formatMoneyCompact}
				timeZone={budget.timeZone}
			/>
		</ChartFrame>
	);
}

function legendOf({ forecast }: Burn) {
	const [spent, expected] = burnSeries;
	if (forecast === null) return [spent];
	return [spent, { ...expected, label: "expected, with the range it may end in" }];
}

function levelsOf({ hard, soft }: BurnChartData): readonly LevelLine[] {
	const hardLines = hard.map((line, index) => ({
		...line,
		color: "var(--danger)",
		label: `${index === 0 ? "limit" : "then"} ${formatMoney(line.value)}`,
		isLabelBelow: index > 0,
	}));
	if (soft === undefined) return hardLines;
	const label = `soft limit ${formatMoney(soft.value)}`;
	return [...hardLines, { ...soft, color: "var(--caution)", isDashed: true, label }];
}

function outlookOf({ usage, forecast }: Burn, { points }: BurnChartData): Outlook | undefined {
	const from = points.at(-2);
	const to = points.at(-1);
	if (forecast === null || usage.windowEnd === null) return undefined;
	if (from === undefined || to === undefined) return undefined;
	return {
		from: { at: from.at, value: from.values["spent"] ?? 0 },
		to: { at: to.at, value: forecast.amount },
		low: forecast.low,
		high: forecast.high,
		color: "var(--note)",
	};
}
