import type { ThreatSummary } from "../../lib/contracts/threats.ts";
import { comparedWith } from "../../lib/format/compared-with.ts";
import {
	formatCompact,
	formatCount,
	formatQuantity,
	formatShare,
} from "../../lib/format/numbers.ts";
import { trendOf } from "../../lib/format/trend.ts";
import { Kpi } from "../ui/kpi.tsx";
import type { ThreatsState } from "./threats-state.ts";
import { eventsHref } from "./threats-state.ts";

interface ThreatTilesProps {
	readonly summary: ThreatSummary;
	readonly state: ThreatsState;
}

/** What was tried, what got stopped, and by how many; in the order in which one would act on it. */
export function ThreatTiles({ summary, state }: ThreatTilesProps) {
	const { totals, before, series, blockedByBucket, wouldBlockByBucket } = summary;
	const eventsByBucket = summary.buckets.map((_, index) =>
		series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
	);
	const compared = { comparedWith: comparedWith(state.choice) };
	return (
		<ul className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-5">
			<li className="grid min-w-0 max-lg:first:col-span-2">
				<Kpi
					label="Threat events"
					value={formatCompact(totals.events)}
					trend={trendOf(totals.events, before?.events ?? null)}
					moreIs="bad"
					{...compared}
					series={eventsByBucket}
					href={eventsHref(state)}
					hint={`${formatQuantity(totals.keys, "key")} affected`}
				/>
			</li>
			<li className="grid min-w-0">
				<Kpi
					label="Requests stopped"
					value={formatCompact(totals.blockedRequests)}
					trend={trendOf(totals.blockedRequests, before?.blockedRequests ?? null)}
					moreIs="bad"
					{...compared}
					series={blockedByBucket}
					href={eventsHref(state, { effect: "block" })}
					hint={`by ${formatQuantity(totals.blocked, "blocking event")}`}
				/>
			</li>
			<li className="grid min-w-0">
				<Kpi
					label="Would have blocked"
					value={formatCompact(totals.wouldBlock)}
					trend={trendOf(totals.wouldBlock, before?.wouldBlock ?? null)}
					moreIs="neutral"
					{...compared}
					series={wouldBlockByBucket}
					href={eventsHref(state, { effect: "would-block" })}
					hint="by monitored rules"
				/>
			</li>
			<li className="grid min-w-0">
				<Kpi
					label="Addresses"
					value={`${totals.isSampled ? "≥ " : ""}${formatCompact(totals.attackers)}`}
					trend={trendOf(totals.attackers, before?.attackers ?? null)}
					moreIs="bad"
					{...compared}
					href={eventsHref(state)}
					hint="that events came from"
				/>
			</li>
			<li className="grid min-w-0">
				<Kpi
					label="Pass rate"
					value={totals.passRate === null ? "–" : formatShare(totals.passRate)}
					trend={trendOf(totals.passRate, before?.passRate ?? null)}
					moreIs="neutral"
					{...compared}
					href={eventsHref(state, { effect: "block" })}
					hint={
						totals.passRate === null
							? "Cannot be told for these filters"
							: `of ${formatCount(totals.requests)} requests`
					}
				/>
			</li>
		</ul>
	);
}
