"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { threatSummaryQuery } from "../../lib/client/threats.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { TimeRangeState } from "../../lib/client/use-time-range.ts";
import { useTimeRange } from "../../lib/client/use-time-range.ts";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { ThreatFilters, ThreatSummary } from "../../lib/contracts/threats.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/time.tsx";
import { ActiveFilters } from "./active-filters.tsx";
import { AttackersPanel } from "./attackers-panel.tsx";
import { BreakdownPanel } from "./breakdown-panel.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { EventsTable } from "./events-table.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { LatencyPanel } from "./latency-panel.tsx";
import { LiveFeed } from "./live-feed.tsx";
import { ThreatChart } from "./threat-chart.tsx";
import { ThreatTiles } from "./threat-tiles.tsx";
import { ThreatsSkeleton } from "./threats-skeleton.tsx";
import type { ThreatsState } from "./threats-state.ts";
import { filtersOfGroup, readState } from "./threats-state.ts";

/** What is attacking us now, is it getting worse, and who is it? */
export function ThreatsPage() {
	const [params, change] = useUrlState();
	const range = useTimeRange();
	const state = readState(params);
	const summary = useQuery(threatSummaryQuery(state.question, state.by));
	const open = (id: string) => change({ event: id }, "push");
	return (
		<>
			<PageHeader
				title="Threats"
				description="What the layers found and refused, and who it came from."
				actions={<ExportMenu question={state.question} />}
			/>
			<ActiveFilters filters={state.filters} onChange={change} />
			<Tabs
				label="View"
				value={state.tab}
				onChange={(tab) => change({ tab: tab === "events" ? tab : null }, "push")}
				items={[
					{
						id: "now",
						label: "Overview",
						content: (
							<DataGate query={summary} skeleton={<ThreatsSkeleton />}>
								{(data) => (
									<div
										aria-busy={summary.isPlaceholderData}
										className={classNames(
											"flex flex-col gap-3",
											summary.isPlaceholderData && "opacity-60",
										)}
									>
										<Now
											summary={data}
											state={state}
											range={range}
											onChange={change}
											onOpen={open}
										/>
									</div>
								)}
							</DataGate>
						),
					},
					{
						id: "events",
						label: <EventsLabel summary={summary.data} />,
						content: <EventsTable state={state} onChange={change} onOpen={open} />,
					},
				]}
			/>
			<EventDrawer
				id={state.event}
				state={state}
				onOpen={open}
				onClose={() => change({ event: null })}
			/>
		</>
	);
}

function EventsLabel({ summary }: { readonly summary: ThreatSummary | undefined }) {
	if (summary === undefined) return "Events";
	return (
		<>
			Events <span className="font-normal text-muted">{formatCount(summary.totals.events)}</span>
		</>
	);
}

interface NowProps {
	readonly summary: ThreatSummary;
	readonly state: ThreatsState;
	readonly range: TimeRangeState;
	readonly onChange: (changes: UrlChanges, mode?: "push") => void;
	readonly onOpen: (id: string) => void;
}

function Now({ summary, state, range, onChange, onOpen }: NowProps) {
	const isQuiet = summary.totals.events === 0 && (summary.before?.events ?? 0) === 0;
	return (
		<>
			{summary.isShortened && <Shortened from={summary.from} />}
			<ThreatTiles summary={summary} state={state} />
			{isQuiet ? (
				<Quiet />
			) : (
				<>
					<div className="grid gap-3 xl:grid-cols-3">
						<div className="grid min-w-0 content-start gap-3 xl:col-span-2">
							<ThreatChart
								summary={summary}
								by={state.by}
								range={range}
								onBy={(by) => onChange({ by })}
								onPick={(id) => onChange(changesOf(filtersOfGroup(state.by, id)), "push")}
							/>
							<AttackersPanel state={state} />
						</div>
						<LiveFeed state={state} onOpen={onOpen} />
					</div>
					<div className="grid gap-3 md:grid-cols-2">
						<BreakdownPanel state={state} initial="rule" />
						<BreakdownPanel state={state} initial="category" />
						<BreakdownPanel state={state} initial="key" />
						<LatencyPanel choice={state.choice} />
					</div>
				</>
			)}
		</>
	);
}

/** Better a short true answer than a long wait; but it must not look like the whole range. */
function Shortened({ from }: { readonly from: string }) {
	return (
		<Notice severity="info">
			Counted since <Time at={from} /> only: with these filters together every event has to be read,
			and there are too many. The list of events is complete; fewer filters count the whole range.
		</Notice>
	);
}

function changesOf(filters: ThreatFilters = {}): UrlChanges {
	return Object.fromEntries(
		Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}

function Quiet() {
	const mayTest = useMay("guards:read");
	return (
		<Panel>
			<EmptyState
				icon={ShieldCheck}
				title="No threat event in this range."
				hint="Findings of guards, refused keys and exceeded limits show here as soon as they happen."
				action={
					<div className="flex flex-wrap justify-center gap-2">
						{mayTest && (
							<Button asChild variant="primary">
								<Link href="/rule-tester">Try an attack in the rule tester</Link>
							</Button>
						)}
						<Button asChild>
							<Link href="/requests">See the requests</Link>
						</Button>
					</div>
				}
			/>
		</Panel>
	);
}
