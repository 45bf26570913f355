"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { threatActionsQuery } from "../../lib/client/bans.ts";
import type { ThreatAction } from "../../lib/contracts/bans.ts";
import { Badge } from "../ui/badge.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ActorCell } from "./actor-cell.tsx";
import { actionWords } from "./ban-words.ts";
import { KindSelect, useKindFilter } from "./bans-toolbar.tsx";

function wordsOf({ action, isMonitored }: ThreatAction): string {
	const { done, would } = actionWords[action];
	return isMonitored ? would : done;
}

const columns: readonly Column<ThreatAction>[] = [
	{
		id: "at",
		header: "When",
		sortBy: ({ at }) => at,
		cell: ({ at }) => <Time at={at} />,
	},
	{
		id: "who",
		header: "Who",
		isPrimary: true,
		sortBy: ({ name, value }) => name ?? value,
		exportAs: ({ value }) => value,
		cell: (action) => <ActorCell actor={action} />,
	},
	{
		id: "what",
		header: "What",
		sortBy: wordsOf,
		cell: (action) => (
			<Badge tone={action.isMonitored ? "idle" : actionWords[action.action].tone}>
				{wordsOf(action)}
			</Badge>
		),
	},
	{
		id: "why",
		header: "Why",
		sortBy: ({ reason }) => reason,
		cell: ({ reason }) => <span className="line-clamp-2 max-w-96 break-words">{reason}</span>,
	},
	{
		id: "by",
		header: "By",
		sortBy: ({ by }) => by ?? "",
		cell: ({ by }) => by ?? <Badge tone="note">Threat ledger</Badge>,
	},
];

/** What was done about whom, by the ledger and by people. */
export function HistoryTable() {
	const kind = useKindFilter();
	const router = useRouter();
	const query = useInfiniteQuery(threatActionsQuery(kind === undefined ? {} : { kind }));
	return (
		<Panel isPadded={false} className="[&>div]:pt-0">
			<DataGate
				query={query}
				isEmpty={({ pages }) =>
					kind === undefined && pages.every(({ items }) => items.length === 0)
				}
				empty={{
					icon: History,
					title: "Nothing was done about anybody yet.",
					hint: "Every step of the threat ledger and every decision of a person is kept here.",
				}}
			>
				{({ pages }) => (
					<DataTable
						id="threat-actions"
						label="History"
						columns={columns}
						rows={pages.flatMap(({ items }) => items)}
						rowKey={({ id }) => id}
						onOpen={({ requestId }) => router.push(`/requests/${requestId}`)}
						isOpenable={({ requestId }) => requestId !== null}
						toolbar={<KindSelect />}
						paging={{
							hasMore: query.hasNextPage,
							isLoading: query.isFetchingNextPage,
							loadMore: () => void query.fetchNextPage(),
						}}
						empty={<EmptyState title="Nothing was done about anybody of this kind." />}
					/>
				)}
			</DataGate>
		</Panel>
	);
}
