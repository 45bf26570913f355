"use client";

import { useQuery } from "@tanstack/react-query";
import { newestThreatsQuery } from "../../lib/client/threats.ts";
import type { LiveState } from "../../lib/client/use-live-events.tsx";
import { useLive } from "../../lib/client/use-live-events.tsx";
import type { ThreatEvent } from "../../lib/contracts/threats.ts";
import { categoryWords, effectOf, layerWords } from "../../lib/format/threat-words.ts";
import { Badge } from "../ui/badge.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { EffectBadge } from "../ui/effect-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import type { ThreatsState } from "./threats-state.ts";

/** As many as stand beside the chart and the attackers on a laptop. */
const shown = 14;

const says: Readonly<Record<LiveState, string>> = {
	connecting: "Connecting to live events",
	connected: "New events arrive within a second or two",
	stale: "Disconnected: this may be old",
	paused: "Paused",
};

interface LiveFeedProps {
	readonly state: ThreatsState;
	readonly onOpen: (id: string) => void;
}

/** The newest events. A message says that there are some, and the list is read again, once a second at most. */
export function LiveFeed({ state, onOpen }: LiveFeedProps) {
	const live = useLive();
	const query = useQuery(newestThreatsQuery(state.question, shown));
	return (
		<Panel
			title="Live events"
			description={says[live.state]}
			isPadded={false}
			actions={
				live.state === "connected" ? (
					<Badge tone="ok">Live</Badge>
				) : (
					<Badge tone="caution">{live.state === "paused" ? "Paused" : "Not live"}</Badge>
				)
			}
		>
			<DataGate
				query={query}
				skeleton={<SkeletonRows rows={6} />}
				isEmpty={({ items }) => items.length === 0}
				empty={{
					title: "No threat event in this range.",
					hint: "Findings of guards and refusals show here as they happen.",
				}}
			>
				{({ items }) => (
					<ol aria-label="Live events" className="border-line border-t">
						{items.map((event) => (
							<li key={event.id} className="border-line border-b last:border-b-0">
								<FeedButton event={event} onOpen={onOpen} />
							</li>
						))}
					</ol>
				)}
			</DataGate>
		</Panel>
	);
}

function FeedButton({
	event,
	onOpen,
}: {
	readonly event: ThreatEvent;
	readonly onOpen: LiveFeedProps["onOpen"];
}) {
	const { id, at, rule, layer, category, severity, ip, key, endUser } = event;
	return (
		<button
			type="button"
			onClick={() => onOpen(id)}
			className="flex w-full flex-col gap-1 px-4 py-2 text-left -outline-offset-2 hover:bg-sunken dark:hover:bg-raised"
		>
			<span className="flex w-full items-center gap-2">
				<SeverityBadge severity={severity} />
				<span className="min-w-0 grow truncate font-medium text-ink">
					{categoryWords[category]}
				</span>
				<EffectBadge effect={effectOf(event)} />
			</span>
			<span className="flex w-full items-baseline gap-3 text-muted text-xs">
				<span className="min-w-0 grow truncate">
					<span className="font-mono">{rule}</span>, {layerWords[layer].toLowerCase()},{" "}
					{endUser ?? key?.name ?? key?.id ?? ip}
				</span>
				<span className="shrink-0">
					<Time at={at} />
				</span>
			</span>
		</button>
	);
}
