import type { InspectionView } from "../../lib/contracts/inspections.ts";
import { formatDuration } from "../../lib/format/numbers.ts";
import { stageTitle } from "../../lib/format/stage-words.ts";
import { ActionBadge } from "../ui/outcome-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { compareStages } from "./inspection-words.ts";

type Stage = InspectionView["stages"][number];

interface StagesTableProps {
	readonly current: InspectionView;
	readonly changed: InspectionView | undefined;
}

/** Which stages ran, what they decided and how long they took. */
export function StagesTable({ current, changed }: StagesTableProps) {
	const rows = compareStages(current.stages, changed?.stages);
	const columns = changed === undefined ? ["Decision"] : ["In force", "With the change"];
	return (
		<Panel title="Stages" isPadded={false}>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
			<section className="overflow-x-auto" aria-label="Stages" tabIndex={0}>
				<table className="w-full">
					<caption className="sr-only">Stages</caption>
					<thead>
						<tr>
							{["Stage", ...columns].map((header) => (
								<th
									key={header}
									scope="col"
									className="whitespace-nowrap border-line border-b px-4 py-1.5 text-left font-medium text-muted text-xs"
								>
									{header}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<tr key={row.name} className="border-line border-b last:border-b-0">
								<th scope="row" className="px-4 py-2 text-left font-normal text-ink">
									{stageTitle(row.name)}
								</th>
								<StageCell stage={row.current} />
								{changed !== undefined && <StageCell stage={row.changed} />}
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</Panel>
	);
}

function StageCell({ stage }: { readonly stage: Stage | undefined }) {
	if (stage === undefined) return <td className="px-4 py-2 text-muted">Not reached</td>;
	const { action, durationMs, note } = stage;
	return (
		<td className="px-4 py-2">
			<span className="flex flex-wrap items-center gap-x-2 gap-y-1">
				<ActionBadge action={action} />
				<span className="whitespace-nowrap text-muted text-sm">{formatDuration(durationMs)}</span>
			</span>
			{note !== undefined && <span className="block text-muted text-sm">{note}</span>}
		</td>
	);
}
