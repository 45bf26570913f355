"use client";

import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../lib/client/overview.ts";
import { useTimeRange } from "../../lib/client/use-time-range.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import { formatAbsolute } from "../../lib/format/time.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Attention } from "./attention.tsx";
import { NothingYet } from "./nothing-yet.tsx";
import { OverviewCharts } from "./overview-charts.tsx";
import { OverviewRankings } from "./overview-rankings.tsx";
import { OverviewSkeleton } from "./overview-skeleton.tsx";
import { OverviewTiles } from "./overview-tiles.tsx";

/** Is it healthy, and where do time and money go? */
export function OverviewPage() {
	const range = useTimeRange();
	const query = useQuery(overviewQuery(range.choice));
	return (
		<>
			<PageHeader
				title="Overview"
				actions={query.data && <p className="text-muted text-sm">{describeSpan(query.data)}</p>}
			/>
			<DataGate query={query} skeleton={<OverviewSkeleton />}>
				{(overview) => (
					<>
						<Attention warnings={overview.warnings} />
						{overview.current.requests === 0 && overview.previous.requests === 0 ? (
							<NothingYet range={range} />
						) : (
							<>
								<OverviewTiles overview={overview} choice={range.choice} />
								<OverviewCharts overview={overview} range={range} />
								<OverviewRankings overview={overview} choice={range.choice} />
							</>
						)}
					</>
				)}
			</DataGate>
		</>
	);
}

function describeSpan({ from, to }: Overview): string {
	return `${formatAbsolute(new Date(from))} to ${formatAbsolute(new Date(to))}`;
}
