import { TriangleAlert } from "lucide-react";
import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import { comparedWith } from "../../lib/format/compared-with.ts";
import { Kpi } from "../ui/kpi.tsx";
import type { Tile } from "./tiles.ts";
import { tilesOf } from "./tiles.ts";

interface OverviewTilesProps {
	readonly overview: Overview;
	readonly choice: RangeChoice;
}

export function OverviewTiles({ overview, choice }: OverviewTilesProps) {
	return (
		<ul className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-5">
			{tilesOf(overview, choice).map(({ id, hint, isWarning = false, ...tile }) => (
				<li key={id} className="grid min-w-0 max-lg:first:col-span-2">
					<Kpi
						{...tile}
						comparedWith={comparedWith(choice)}
						hint={<Hint hint={hint} isWarning={isWarning} />}
					/>
				</li>
			))}
		</ul>
	);
}

function Hint({ hint, isWarning }: Required<Pick<Tile, "hint" | "isWarning">>) {
	if (!isWarning) return hint;
	return (
		<span className="inline-flex items-center gap-1 text-caution-ink">
			<TriangleAlert aria-hidden="true" className="size-3.5" />
			{hint}
		</span>
	);
}
