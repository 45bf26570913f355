"use client";

import { useQuery } from "@tanstack/react-query";
import { Ban, Ellipsis, Eye, ListTree, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { watchedQuery } from "../../lib/client/bans.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { WatchedActor } from "../../lib/contracts/bans.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { Badge } from "../ui/badge.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ActorCell } from "./actor-cell.tsx";
import { displayName, kindWords, levelWords, requestsOf } from "./ban-words.ts";
import { KindSelect, useKindFilter } from "./bans-toolbar.tsx";
import { CauseList } from "./cause-list.tsx";
import { useAllowing } from "./use-allowing.ts";

const columns: readonly Column<WatchedActor>[] = [
	{
		id: "who",
		header: "Who",
		isPrimary: true,
		sortBy: ({ name, value }) => name ?? value,
		exportAs: ({ value }) => value,
		cell: (actor) => <ActorCell actor={actor} />,
	},
	{
		id: "score",
		header: "Score now",
		align: "right",
		sortBy: ({ score }) => score,
		cell: ({ score }) => <span className="font-medium text-ink">{score.toFixed(1)}</span>,
	},
	{
		id: "course",
		header: "Last 24 hours",
		exportAs: ({ sparkline }) => Math.max(0, ...sparkline),
		cell: ({ sparkline }) => (
			<>
				<Sparkline values={sparkline} />
				<span className="sm:sr-only">at most {Math.max(0, ...sparkline).toFixed(1)}</span>
			</>
		),
	},
	{
		id: "state",
		header: "State",
		sortBy: ({ level, isBanned }) => (isBanned ? "banned" : (level ?? "")),
		cell: (actor) => <StateCell actor={actor} />,
	},
	{
		id: "lately",
		header: "Lately",
		sortBy: ({ causes }) => causes[0]?.rule ?? "",
		cell: ({ causes }) => (
			<span className="line-clamp-1 max-w-64 break-all">{causes[0]?.rule ?? "–"}</span>
		),
	},
	{
		id: "bans",
		header: "Bans",
		align: "right",
		sortBy: ({ bans }) => bans,
		cell: ({ bans }) => bans,
	},
	{
		id: "seen",
		header: "Last counted",
		sortBy: ({ updatedAt }) => updatedAt,
		cell: ({ updatedAt }) => <Time at={updatedAt} />,
	},
];

function StateCell({ actor }: { readonly actor: WatchedActor }) {
	if (actor.isBanned) return <Badge tone="danger">Banned</Badge>;
	if (actor.isAllowed) return <Badge tone="ok">On the allow-list</Badge>;
	if (actor.level === null) return <Badge>Below every threshold</Badge>;
	const { label, tone } = levelWords[actor.level];
	return <Badge tone={tone}>{label}</Badge>;
}

const keyOf = ({ kind, value }: WatchedActor) => `${kind}:${value}`;

/** Who has a score now, highest first. */
export function WatchTable() {
	const kind = useKindFilter();
	const [params, change] = useUrlState();
	const query = useQuery(watchedQuery(kind === undefined ? {} : { kind }));
	return (
		<Panel isPadded={false} className="[&>div]:pt-0">
			<DataGate
				query={query}
				isEmpty={({ items }) => kind === undefined && items.length === 0}
				empty={{
					icon: Eye,
					title: "Nobody has a score.",
					hint: "Blocked requests, refused keys, rate limits and failed sign-ins raise the score of those they come from. Scores fade with time.",
				}}
			>
				{({ items }) => {
					const open = items.find((actor) => keyOf(actor) === params.get("actor"));
					return (
						<>
							<DataTable
								id="watched-actors"
								label="Watch list"
								columns={columns}
								rows={items}
								rowKey={keyOf}
								onOpen={(actor) => change({ actor: keyOf(actor) })}
								rowActions={(actor) => <WatchActions actor={actor} />}
								toolbar={<KindSelect />}
								empty={<EmptyState title="Nobody of this kind has a score." />}
							/>
							{open !== undefined && (
								<Drawer
									isOpen
									onOpenChange={() => change({ actor: null })}
									title={displayName(open)}
									description={`${kindWords[open.kind].label} · ${open.score.toFixed(1)} points now`}
								>
									<h3 className="mb-1 font-medium text-ink">What counted against them</h3>
									<CauseList causes={open.causes} />
								</Drawer>
							)}
						</>
					);
				}}
			</DataGate>
		</Panel>
	);
}

function WatchActions({ actor }: { readonly actor: WatchedActor }) {
	const [, change] = useUrlState();
	const allow = useAllowing();
	const { kind, value, isAllowed, isBanned } = actor;
	const requests = requestsOf(kind, value);
	return (
		<DropdownMenu
			trigger={
				<IconButton
					size="small"
					label={`Actions for ${displayName(actor)}`}
					icon={<Ellipsis aria-hidden="true" />}
				/>
			}
		>
			{!isBanned && !isAllowed && (
				<MenuItem
					tone="danger"
					icon={<Ban aria-hidden="true" />}
					onSelect={() => change({ new: "1", "ban-kind": kind, "ban-value": value })}
				>
					Ban
				</MenuItem>
			)}
			{(kind === "ip" || kind === "key") && !isAllowed && (
				<MenuItem
					icon={<ShieldCheck aria-hidden="true" />}
					onSelect={() => allow.mutate({ kind, value, isAllowed: true })}
				>
					Put on the allow-list
				</MenuItem>
			)}
			{requests !== undefined && (
				<MenuItem asChild icon={<ListTree aria-hidden="true" />}>
					<Link href={requests}>Requests of the last 7 days</Link>
				</MenuItem>
			)}
		</DropdownMenu>
	);
}
