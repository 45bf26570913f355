"use client";

import { Filter, ListTree } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { requestsHref } from "../../lib/client/requests-href.ts";
import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { AnalyticsRow } from "../../lib/contracts/analytics.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import type { AnalyticsState, OwnFilters } from "./analytics-state.ts";
import { filtersOf } from "./analytics-state.ts";
import { groupWords } from "./metric-words.ts";
import { rankingColumns } from "./ranking-columns.tsx";
import { groupLabel } from "./usage-series.ts";

interface RankingTableProps {
	readonly state: AnalyticsState;
	readonly choice: RangeChoice;
	readonly rows: readonly AnalyticsRow[];
	readonly isCompared: boolean;
	readonly paging: {
		readonly hasMore: boolean;
		readonly isLoading: boolean;
		readonly loadMore: () => void;
	};
	readonly onNarrow: (filters: OwnFilters) => void;
}

/** Every group with its numbers; each leads to the requests behind them. */
export function RankingTable(props: RankingTableProps) {
	const { state, choice, rows, isCompared, paging, onNarrow } = props;
	const { metric, groupBy, filters } = state;
	const router = useRouter();
	const requestsOf = ({ id }: AnalyticsRow) => {
		const own = filtersOf(groupBy, id);
		return own && requestsHref(choice, { ...filters, ...own });
	};
	return (
		<Panel isPadded={false} aria-label={`${groupWords[groupBy]} ranking`}>
			<div className="-mt-2">
				<DataTable
					id={`analytics-by-${groupBy}`}
					label={`Usage by ${groupWords[groupBy].toLowerCase()}`}
					columns={rankingColumns({ metric, groupBy, isCompared })}
					rows={rows}
					rowKey={({ id }) => id ?? ""}
					onOpen={(row) => {
						const href = requestsOf(row);
						if (href !== undefined) router.push(href);
					}}
					isOpenable={(row) => requestsOf(row) !== undefined}
					rowActions={(row) => {
						const own = filtersOf(groupBy, row.id);
						const label = groupLabel(groupBy, row);
						if (own === undefined) return null;
						return (
							<>
								<IconButton
									size="small"
									label={`Only ${label}`}
									tooltip="Look into this one"
									icon={<Filter aria-hidden="true" />}
									onClick={() => onNarrow(own)}
								/>
								<IconButton
									size="small"
									asChild
									label={`Requests of ${label}`}
									tooltip="Show the requests"
									icon={
										<Link href={requestsHref(choice, { ...filters, ...own })}>
											<ListTree aria-hidden="true" />
										</Link>
									}
								/>
							</>
						);
					}}
					paging={paging}
				/>
			</div>
		</Panel>
	);
}
