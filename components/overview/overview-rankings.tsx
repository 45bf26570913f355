import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { RankedBars } from "../charts/ranked-bars.tsx";
import { Panel } from "../ui/panel.tsx";
import type { Ranked } from "./rankings.ts";
import { rankedErrors, rankedKeys, rankedModels } from "./rankings.ts";

interface OverviewRankingsProps {
	readonly overview: Overview;
	readonly choice: RangeChoice;
}

export function OverviewRankings({ overview, choice }: OverviewRankingsProps) {
	return (
		<div className="grid gap-3 lg:grid-cols-3">
			<Ranking
				title="Top models"
				unit="requests, spend"
				items={rankedModels(overview, choice)}
				whenEmpty="No model has answered in this range."
			/>
			<Ranking
				title="Top keys"
				unit="requests, spend"
				items={rankedKeys(overview, choice)}
				whenEmpty="No request came with a key in this range."
			/>
			<Ranking
				title="Errors by code"
				unit="requests"
				items={rankedErrors(overview, choice)}
				whenEmpty="No request was refused or failed in this range."
				color="var(--danger)"
			/>
		</div>
	);
}

interface RankingProps {
	readonly title: string;
	readonly unit: string;
	readonly items: readonly Ranked[];
	readonly whenEmpty: string;
	readonly color?: string;
}

function Ranking({ title, unit, items, whenEmpty, color = "var(--accent)" }: RankingProps) {
	return (
		<Panel title={title} description={unit}>
			{items.length === 0 ? (
				<p className="text-muted">{whenEmpty}</p>
			) : (
				<RankedBars label={title} items={items} formatValue={formatCount} color={color} />
			)}
		</Panel>
	);
}
