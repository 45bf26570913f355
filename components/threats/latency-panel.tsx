"use client";

import { useQuery } from "@tanstack/react-query";
import { stageLatencyQuery } from "../../lib/client/threats.ts";
import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { StageLatency } from "../../lib/contracts/threats.ts";
import { formatCount, formatDuration } from "../../lib/format/numbers.ts";
import { stageTitle } from "../../lib/format/stage-words.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";

/** What the gateway's own steps cost, ring by ring; waiting for providers is left out. */
export function LatencyPanel({ choice }: { readonly choice: RangeChoice }) {
	const query = useQuery(stageLatencyQuery(choice));
	const count = query.data?.requests;
	return (
		<Panel
			title="Stage latency"
			description={
				count === undefined
					? "Time of each step of the gateway"
					: `Newest ${formatCount(count)} requests of the range, in the order of the steps`
			}
			isPadded={false}
		>
			<DataGate
				query={query}
				skeleton={<SkeletonRows rows={6} />}
				isEmpty={({ stages }) => stages.length === 0}
				empty={{ title: "No request in this range." }}
			>
				{({ stages }) => <StageTable stages={stages.filter(({ name }) => !waits.has(name))} />}
			</DataGate>
		</Panel>
	);
}

/** Their time is the provider's and the reader's. */
const waits: ReadonlySet<string> = new Set(["dispatch", "respond"]);

function StageTable({ stages }: Pick<StageLatency, "stages">) {
	const top = Math.max(0.001, ...stages.map(({ p95Ms }) => p95Ms));
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
		<div className="max-h-96 overflow-auto border-line border-t" tabIndex={0}>
			<table aria-label="Stage latency" className="w-full text-sm">
				<thead>
					<tr className="text-faint text-xs">
						<th scope="col" className="px-4 py-1.5 text-left font-medium">
							Step
						</th>
						{["p50", "p95", "p99"].map((name) => (
							<th key={name} scope="col" className="px-2 py-1.5 text-right font-medium last:pr-4">
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{stages.map(({ name, p50Ms, p95Ms, p99Ms }) => (
						<tr key={name} className="border-line border-t">
							<th scope="row" className="px-4 py-1 text-left font-normal">
								{stageTitle(name)}
								<span
									aria-hidden="true"
									className="mt-0.5 block h-1 overflow-hidden rounded-full bg-sunken dark:bg-raised"
								>
									<span
										className="block h-full rounded-full bg-accent"
										style={{ width: `${(p95Ms / top) * 100}%` }}
									/>
								</span>
							</th>
							{[p50Ms, p95Ms, p99Ms].map((value, index) => (
								<td
									// biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move.
									key={index}
									className="whitespace-nowrap px-2 py-1 text-right last:pr-4"
								>
									{formatDuration(value)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
