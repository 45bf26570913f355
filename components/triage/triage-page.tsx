"use client";

import { ArrowLeft, Inbox, Keyboard, MousePointerClick } from "lucide-react";
import Link from "next/link";
import { classNames } from "../../lib/format/class-names.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { IncidentButtons } from "./incident-buttons.tsx";
import { IncidentQueue } from "./incident-queue.tsx";
import { IncidentView } from "./incident-view.tsx";
import { TriageDialogs } from "./triage-dialogs.tsx";
import { TriageFilters } from "./triage-filters.tsx";
import type { Triage } from "./use-triage.ts";
import { useTriage } from "./use-triage.ts";

/** The queue of incidents and the one that is worked on. On a phone one at a time. */
export function TriagePage() {
	const triage = useTriage();
	const isOneOpen = triage.state.incident !== undefined;
	// Beside a queue that is empty or failed there is nothing to choose.
	const isSplit = isOneOpen || triage.queue.isPending || triage.incidents.length > 0;
	return (
		<>
			<PageHeader
				title="Triage"
				description="Incidents: events of one actor and one aim. The worst stand first."
				actions={
					<Button className="max-lg:hidden" onClick={() => triage.setDialog("help")}>
						<Keyboard aria-hidden="true" />
						Shortcuts
					</Button>
				}
			/>
			<div className="grid items-start gap-3 lg:grid-cols-5">
				<div
					className={classNames(
						"min-w-0",
						isSplit ? "lg:col-span-2" : "lg:col-span-5",
						isOneOpen && "max-lg:hidden",
					)}
				>
					<Queue triage={triage} />
				</div>
				<div
					className={classNames(
						"min-w-0 lg:col-span-3",
						!isOneOpen && "max-lg:hidden",
						!isSplit && "hidden",
					)}
				>
					{isOneOpen && (
						<Button
							variant="ghost"
							size="small"
							className="mb-2 lg:hidden"
							onClick={() => triage.show(undefined)}
						>
							<ArrowLeft aria-hidden="true" />
							Queue
						</Button>
					)}
					<Panel isPadded={false} aria-label="Incident">
						{isOneOpen ? <Opened triage={triage} /> : <NoneOpen />}
					</Panel>
				</div>
			</div>
			<TriageDialogs {...triage} />
		</>
	);
}

function Queue({ triage }: { readonly triage: Triage }) {
	const { state, queue, incidents, show } = triage;
	return (
		<Panel isPadded={false} aria-label="Queue">
			<TriageFilters counts={queue.data?.pages[0]?.counts} />
			<DataGate
				query={queue}
				skeleton={<SkeletonRows rows={8} />}
				isEmpty={() => incidents.length === 0}
				empty={{
					icon: Inbox,
					title: "No incident in this queue.",
					hint: "Blocked and serious events are grouped here by who they came from.",
					action: (
						<Button asChild>
							<Link href="/threats">See all threat events</Link>
						</Button>
					),
				}}
			>
				{() => (
					<div
						aria-busy={queue.isPlaceholderData}
						className="lg:max-h-[max(15rem,calc(100dvh-18.5rem))] lg:overflow-y-auto"
					>
						<IncidentQueue
							incidents={incidents}
							open={state.incident}
							onOpen={show}
							paging={{
								hasMore: queue.hasNextPage,
								isLoading: queue.isFetchingNextPage,
								loadMore: () => void queue.fetchNextPage(),
							}}
						/>
					</div>
				)}
			</DataGate>
		</Panel>
	);
}

function Opened({ triage }: { readonly triage: Triage }) {
	const { detail, incident, work, run, dialog, noteField } = triage;
	// What is kept of the incident before is no answer for this one.
	const isPending = incident === undefined && detail.error === null;
	return (
		<DataGate
			query={{ data: incident, error: detail.error, isPending, refetch: detail.refetch }}
			skeleton={<SkeletonRows rows={10} />}
		>
			{(data) => (
				<IncidentView
					incident={data}
					work={work}
					noteField={noteField}
					buttons={
						<div className="flex flex-col gap-2">
							<IncidentButtons incident={data} isBusy={work.isPending} run={run} />
							{dialog === undefined && work.error !== null && <ErrorNote error={work.error} />}
						</div>
					}
				/>
			)}
		</DataGate>
	);
}

function NoneOpen() {
	return (
		<EmptyState
			icon={MousePointerClick}
			title="Choose an incident, or press j."
			hint="Press ? for everything the keyboard does here."
		/>
	);
}
