import { ArrowRight } from "lucide-react";
import type { ReplayResult } from "../../lib/contracts/inspections.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { ActionBadge } from "./outcome-badge.tsx";

/** How many requests of a replay went from one decision to another. */
export function ReplayMoves({ moves }: Pick<ReplayResult, "moves">) {
	if (moves.length === 0) return null;
	return (
		<ul aria-label="Moves" className="flex flex-col gap-2">
			{moves.map(({ from, to, count }) => (
				<li key={`${from} ${to}`} className="flex flex-wrap items-center gap-2">
					<ActionBadge action={from} />
					<ArrowRight aria-hidden="true" className="size-4 text-faint" />
					<span className="sr-only">becomes</span>
					<ActionBadge action={to} />
					<span className="text-ink">
						{formatQuantity(count, "request")}
						{from === to && ", by other rules"}
					</span>
				</li>
			))}
		</ul>
	);
}
