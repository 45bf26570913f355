"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Ban as BanIcon, Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import type { BanFilters } from "../../lib/client/bans.ts";
import { bansQuery } from "../../lib/client/bans.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Ban } from "../../lib/contracts/bans.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ActorCell } from "./actor-cell.tsx";
import { BanDrawer } from "./ban-drawer.tsx";
import { displayName } from "./ban-words.ts";
import { BansToolbar, useBanFilters } from "./bans-toolbar.tsx";
import { ExtendDialog } from "./extend-dialog.tsx";
import { LiftDialog } from "./lift-dialog.tsx";

const columns: readonly Column<Ban>[] = [
	{
		id: "who",
		header: "Who",
		isPrimary: true,
		sortBy: ({ name, value }) => name ?? value,
		exportAs: ({ value }) => value,
		cell: (ban) => <ActorCell actor={ban} />,
	},
	{
		id: "why",
		header: "Why",
		sortBy: ({ reason }) => reason,
		cell: ({ reason }) => <span className="line-clamp-2 max-w-80 break-words">{reason}</span>,
	},
	{
		id: "until",
		header: "Until",
		sortBy: ({ until }) => until,
		cell: (ban) => <UntilCell ban={ban} />,
	},
	{
		id: "score",
		header: "Score",
		align: "right",
		sortBy: ({ score }) => score,
		cell: ({ score }) =>
			score === null ? <span className="text-faint">–</span> : score.toFixed(1),
	},
	{
		id: "refused",
		header: "Refused",
		align: "right",
		sortBy: ({ refusals }) => refusals,
		cell: ({ refusals }) =>
			refusals === null ? <span className="text-faint">–</span> : formatCount(refusals),
	},
	{
		id: "by",
		header: "By",
		sortBy: ({ by }) => by ?? "",
		cell: ({ by }) => by ?? <Badge tone="note">Threat ledger</Badge>,
	},
	{
		id: "since",
		header: "Since",
		sortBy: ({ createdAt }) => createdAt,
		cell: ({ createdAt }) => <Time at={createdAt} />,
	},
];

function UntilCell({ ban }: { readonly ban: Ban }) {
	if (ban.liftedAt !== null) return <Badge tone="ok">Lifted</Badge>;
	if (!ban.isInForce) return <Badge tone="idle">Over</Badge>;
	return <Time at={ban.until} fallback="somebody lifts it" />;
}

interface BansTableProps {
	readonly show: NonNullable<BanFilters["show"]>;
	readonly action: ReactNode;
}

export function BansTable({ show, action }: BansTableProps) {
	const filters = useBanFilters();
	const [params, change] = useUrlState();
	const [task, setTask] = useState<{ kind: "extend" | "lift"; ban: Ban } | undefined>(undefined);
	const query = useInfiniteQuery(bansQuery({ show, ...filters }));
	const isFiltered = filters.kind !== undefined || filters.search !== undefined;
	return (
		<Panel isPadded={false} className="[&>div]:pt-0">
			<DataGate
				query={query}
				isEmpty={({ pages }) => !isFiltered && pages.every(({ items }) => items.length === 0)}
				empty={{
					icon: BanIcon,
					title: show === "in-force" ? "Nobody is banned." : "No ban is over yet.",
					hint:
						show === "in-force"
							? "The threat ledger bans addresses, end users and sessions that keep attacking; you can ban anybody by hand."
							: "Bans that ended or were lifted are kept here.",
					action: show === "in-force" ? action : undefined,
				}}
			>
				{({ pages }) => {
					const bans = pages.flatMap(({ items }) => items);
					const open = bans.find(({ id }) => id === params.get("ban"));
					return (
						<>
							<DataTable
								id={`bans-${show}`}
								label={show === "in-force" ? "Bans in force" : "Bans that are over"}
								columns={columns}
								rows={bans}
								rowKey={({ id }) => id}
								onOpen={({ id }) => change({ ban: id })}
								{...(open === undefined ? {} : { openKey: open.id })}
								{...(show === "in-force"
									? {
											rowActions: (ban: Ban) => (
												<BanActions ban={ban} onTask={(kind) => setTask({ kind, ban })} />
											),
										}
									: {})}
								toolbar={<BansToolbar />}
								paging={{
									hasMore: query.hasNextPage,
									isLoading: query.isFetchingNextPage,
									loadMore: () => void query.fetchNextPage(),
								}}
								empty={<EmptyState title="No ban fits these filters." />}
							/>
							{open !== undefined && (
								<BanDrawer
									ban={open}
									onClose={() => change({ ban: null })}
									onTask={(kind) => setTask({ kind, ban: open })}
								/>
							)}
						</>
					);
				}}
			</DataGate>
			{task?.kind === "extend" && (
				<ExtendDialog ban={task.ban} onClose={() => setTask(undefined)} />
			)}
			{task?.kind === "lift" && <LiftDialog ban={task.ban} onClose={() => setTask(undefined)} />}
		</Panel>
	);
}

interface BanActionsProps {
	readonly ban: Ban;
	readonly onTask: (kind: "extend" | "lift") => void;
}

function BanActions({ ban, onTask }: BanActionsProps) {
	return (
		<DropdownMenu
			trigger={
				<IconButton
					size="small"
					label={`Actions for the ban of ${displayName(ban)}`}
					icon={<Ellipsis aria-hidden="true" />}
				/>
			}
		>
			<MenuItem onSelect={() => onTask("lift")}>Lift the ban</MenuItem>
			<MenuItem onSelect={() => onTask("extend")}>New end</MenuItem>
		</DropdownMenu>
	);
}
