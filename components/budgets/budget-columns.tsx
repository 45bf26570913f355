import type { Budget } from "../../lib/contracts/budgets.ts";
import { formatShare } from "../../lib/format/numbers.ts";
import type { Column } from "../ui/data-table/column.ts";
import { Time } from "../ui/time.tsx";
import { leftOf, levelOf, levelWords, shareOf } from "./budget-standing.ts";
import {
	amountInShort,
	amountInWords,
	each,
	figureOf,
	scopeWords,
	unitWords,
	whose,
	windowWords,
} from "./budget-words.ts";
import { ForecastText } from "./forecast-text.tsx";
import { Gauge } from "./gauge.tsx";
import { LevelBadge } from "./level-badge.tsx";

export const budgetColumns: readonly Column<Budget>[] = [
	{
		id: "name",
		header: "Budget",
		isPrimary: true,
		sortBy: ({ title }) => title,
		cell: (budget) => <NameCell budget={budget} />,
	},
	{
		id: "state",
		header: "State",
		sortBy: (budget) => levelWords[levelOf(budget)],
		cell: (budget) => <LevelBadge level={levelOf(budget)} />,
	},
	{
		id: "used",
		header: "Used",
		sortBy: ({ usage }) => shareOf(usage.spent, usage.limit),
		exportAs: ({ unit, usage }) =>
			exported(unit, unit === "parallel" ? usage.reserved : usage.spent),
		cell: (budget) => <UsedCell budget={budget} />,
	},
	{
		id: "left",
		header: "Left",
		align: "right",
		sortBy: (budget) => leftOf(budget),
		exportAs: (budget) => exported(budget.unit, leftOf(budget)),
		cell: (budget) => (
			<span className="whitespace-nowrap font-medium text-ink">
				{amountInShort(budget.unit, leftOf(budget))}
			</span>
		),
	},
	{
		id: "limit",
		header: "Limit",
		align: "right",
		isHiddenByDefault: true,
		sortBy: ({ usage }) => usage.limit,
		exportAs: ({ unit, usage }) => exported(unit, usage.limit),
		cell: ({ unit, usage }) => (
			<span className="whitespace-nowrap">{amountInShort(unit, usage.limit)}</span>
		),
	},
	{
		id: "forecast",
		header: "At this pace",
		sortBy: ({ forecast }) => forecast?.exhaustedAt ?? null,
		exportAs: ({ forecast, unit }) => (forecast === null ? null : exported(unit, forecast.amount)),
		cell: (budget) => <ForecastText budget={budget} />,
	},
	{
		id: "end",
		header: "Starts anew",
		sortBy: ({ usage }) => usage.windowEnd,
		cell: ({ usage }) => <Time at={usage.windowEnd} fallback="never" />,
	},
	{
		id: "created",
		header: "Created",
		isHiddenByDefault: true,
		sortBy: ({ createdAt }) => createdAt,
		cell: ({ createdAt }) => <Time at={createdAt} />,
	},
];

/** Dollars or counts, as a spreadsheet wants them. */
function exported(unit: Budget["unit"], amount: number): number {
	return unit === "usd" ? amount / 1_000_000 : amount;
}

function NameCell({ budget }: { readonly budget: Budget }) {
	const { title, unit, window } = budget;
	return (
		<div className="min-w-0 max-w-60">
			<div className="truncate font-medium text-ink" title={title}>
				{title}
			</div>
			<div className="truncate font-normal text-faint text-xs">
				{whose(budget)}
				{unit === "usd" ? "" : ` · ${unitWords[unit].label.toLowerCase()}`}
				{unit === "parallel" ? "" : ` · ${windowWords[window].per}`}
			</div>
		</div>
	);
}

function UsedCell({ budget }: { readonly budget: Budget }) {
	const { title, unit, usage, softLimit, raise } = budget;
	const used = unit === "parallel" ? usage.reserved : usage.spent;
	const isCalm = !budget.isEnabled || budget.archivedAt !== null;
	return (
		<div className="max-w-72 sm:min-w-40">
			<div className="flex items-baseline justify-between gap-3 text-sm">
				<span title={`${amountInWords(unit, used)} of ${amountInWords(unit, usage.limit)}`}>
					<span className="text-ink">{figureOf(unit, used)}</span>{" "}
					<span className="text-muted">of {amountInShort(unit, usage.limit)}</span>
				</span>
				<span className="whitespace-nowrap text-muted">
					{formatShare(shareOf(used, usage.limit))}
				</span>
			</div>
			<Gauge
				label={`Use of ${title}`}
				unit={unit}
				usage={usage}
				softLimit={softLimit}
				isCalm={isCalm}
			/>
			<SubLine budget={budget} hasRaise={raise !== null} />
		</div>
	);
}

function SubLine({ budget, hasRaise }: { readonly budget: Budget; readonly hasRaise: boolean }) {
	const { subject, usage, scope, subjectCount } = budget;
	const isOfEach = subject?.id === each && usage.subject !== null;
	if (!isOfEach && !hasRaise) return undefined;
	const parts = [
		...(isOfEach
			? [
					`${subjectCount === 1 ? "only" : `fullest of ${subjectCount} ${scopeWords[scope].plural}:`} ${usage.subject?.name ?? usage.subject?.id}`,
				]
			: []),
		...(hasRaise ? ["raised for a while"] : []),
	];
	return <div className="truncate text-faint text-xs">{parts.join(" · ")}</div>;
}
