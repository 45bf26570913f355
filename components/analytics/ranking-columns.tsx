import type {
	AnalyticsGroup,
	AnalyticsMetric,
	AnalyticsRow,
} from "../../lib/contracts/analytics.ts";
import { formatCount, formatDuration, formatShare } from "../../lib/format/numbers.ts";
import { trendOf } from "../../lib/format/trend.ts";
import type { Column } from "../ui/data-table/column.ts";
import { MiddleTruncate } from "../ui/middle-truncate.tsx";
import { Money } from "../ui/money.tsx";
import { TrendText } from "../ui/trend-text.tsx";
import { groupWords, metricWords } from "./metric-words.ts";
import { groupLabel } from "./usage-series.ts";

interface ColumnOptions {
	readonly metric: AnalyticsMetric;
	readonly groupBy: AnalyticsGroup;
	readonly isCompared: boolean;
}

/** The asked metric first, then everything else that is known of a group. */
export function rankingColumns(options: ColumnOptions): readonly Column<AnalyticsRow>[] {
	const { metric, groupBy, isCompared } = options;
	const words = metricWords[metric];
	return [
		{
			id: "group",
			header: groupWords[groupBy],
			cell: (row) => <GroupCell row={row} groupBy={groupBy} />,
			sortBy: (row) => groupLabel(groupBy, row),
			isPrimary: true,
		},
		{ ...idColumn, isHiddenByDefault: true },
		{
			id: `value-${metric}`,
			header: words.label,
			align: "right",
			cell: ({ value, costMicroUsd, unpricedRequests }) =>
				metric === "spend" ? (
					<Money microUsd={costMicroUsd} isUnpriced={costMicroUsd === 0 && unpricedRequests > 0} />
				) : (
					<span className="whitespace-nowrap">{words.format(value)}</span>
				),
			sortBy: ({ value }) => value,
			exportAs: ({ value }) => (metric === "spend" ? value / 1_000_000 : value),
		},
		...(metric === "latency" ? [medianColumn] : [shareColumn]),
		...(isCompared ? [trendColumn(words.moreIs)] : []),
		...otherColumns.filter(({ id }) => id !== metric),
	];
}

const idColumn: Column<AnalyticsRow> = {
	id: "id",
	header: "Id",
	cell: ({ id }) =>
		id === null ? <span className="text-faint">–</span> : <MiddleTruncate text={id} max={28} />,
	sortBy: ({ id }) => id,
};

const shareColumn: Column<AnalyticsRow> = {
	id: "share",
	header: "Share",
	align: "right",
	cell: ({ share }) => (share === null ? "–" : <Share share={share} />),
	sortBy: ({ share }) => share,
};

const medianColumn: Column<AnalyticsRow> = {
	id: "median",
	header: "Median",
	align: "right",
	cell: ({ latencyMsP50 }) => (latencyMsP50 === null ? "–" : formatDuration(latencyMsP50)),
	sortBy: ({ latencyMsP50 }) => latencyMsP50,
};

function trendColumn(moreIs: "bad" | "neutral"): Column<AnalyticsRow> {
	const change = ({ value, valueBefore }: AnalyticsRow) => {
		const trend = trendOf(value, valueBefore);
		return trend.kind === "up" || trend.kind === "down" ? trend.change : null;
	};
	return {
		id: "trend",
		header: "Against before",
		align: "right",
		cell: ({ value, valueBefore }) => (
			<span className="inline-flex whitespace-nowrap text-sm">
				<TrendText trend={trendOf(value, valueBefore)} moreIs={moreIs} />
			</span>
		),
		sortBy: change,
		exportAs: ({ valueBefore }) => valueBefore,
	};
}

/** Ids are those of the metrics, so that the asked one is not told twice. */
const otherColumns: readonly Column<AnalyticsRow>[] = [
	countColumn("requests", "Requests", ({ requests }) => requests),
	{
		id: "spend",
		header: "Spend",
		align: "right",
		cell: ({ costMicroUsd, unpricedRequests }) => (
			<Money microUsd={costMicroUsd} isUnpriced={costMicroUsd === 0 && unpricedRequests > 0} />
		),
		sortBy: ({ costMicroUsd }) => costMicroUsd,
		exportAs: ({ costMicroUsd }) => costMicroUsd / 1_000_000,
	},
	countColumn("tokens-in", "Tokens in", ({ inputTokens }) => inputTokens),
	countColumn("tokens-out", "Tokens out", ({ outputTokens }) => outputTokens),
	countColumn("refused", "Refused", ({ refused }) => refused),
	countColumn("failed", "Failed", ({ failed }) => failed),
	{
		...countColumn("unpriced", "Without a price", ({ unpricedRequests }) => unpricedRequests),
		isHiddenByDefault: true,
	},
];

function countColumn(
	id: string,
	header: string,
	count: (row: AnalyticsRow) => number,
): Column<AnalyticsRow> {
	return {
		id,
		header,
		align: "right",
		cell: (row) => formatCount(count(row)),
		sortBy: count,
	};
}

function GroupCell({
	row,
	groupBy,
}: {
	readonly row: AnalyticsRow;
	readonly groupBy: AnalyticsGroup;
}) {
	const label = groupLabel(groupBy, row);
	if (row.id === null) return <span className="text-muted">{label}</span>;
	return <MiddleTruncate text={label} max={44} isMono={false} isCopyable={false} />;
}

function Share({ share }: { readonly share: number }) {
	return (
		<span className="inline-flex items-center justify-end gap-2 whitespace-nowrap">
			<span
				aria-hidden="true"
				className="hidden h-1.5 w-16 overflow-hidden rounded-full bg-sunken xl:block dark:bg-raised"
			>
				<span
					className="block h-full rounded-full bg-accent"
					style={{ width: `${Math.min(1, share) * 100}%` }}
				/>
			</span>
			{formatShare(share)}
		</span>
	);
}
