import { ArrowRight } from "lucide-react";
import type { InspectionView } from "../../lib/contracts/inspections.ts";
import { formatDuration, formatQuantity } from "../../lib/format/numbers.ts";
import { ActionBadge } from "../ui/outcome-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { decisionSentence, monitoredSentence } from "./inspection-words.ts";

interface DecisionProps {
	readonly current: InspectionView;
	readonly changed: InspectionView | undefined;
	readonly hasAnswer: boolean;
}

/** What would happen, in a line for each policy. */
export function Decision({ current, changed, hasAnswer }: DecisionProps) {
	if (changed === undefined) {
		return (
			<Panel>
				<Line view={current} hasAnswer={hasAnswer} />
			</Panel>
		);
	}
	const isSame = changed.action === current.action;
	return (
		<Panel>
			<div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
				<Line title="In force" view={current} hasAnswer={hasAnswer} />
				<ArrowRight aria-hidden="true" className="hidden size-5 self-center text-faint md:block" />
				<Line title="With the change" view={changed} hasAnswer={hasAnswer} />
			</div>
			<p className="mt-3 text-muted text-sm">
				{isSame ? "Both policies decide the same." : "The two policies decide differently."}
			</p>
		</Panel>
	);
}

interface LineProps {
	readonly title?: string;
	readonly view: InspectionView;
	readonly hasAnswer: boolean;
}

function Line({ title, view, hasAnswer }: LineProps) {
	const monitored = monitoredSentence(view);
	return (
		<div className="min-w-0">
			{title !== undefined && <h3 className="mb-1 font-medium text-muted text-sm">{title}</h3>}
			<p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink text-lg">
				<ActionBadge action={view.action} />
				<span className="min-w-0">{decisionSentence(view, hasAnswer)}</span>
			</p>
			{view.refusal !== null && (
				<p className="mt-1 break-words text-muted text-sm">
					The caller would read: “{view.refusal.message}”
				</p>
			)}
			{monitored !== undefined && <p className="mt-1 text-ink text-sm">{monitored}</p>}
			<p className="mt-1 text-muted text-sm">
				{formatQuantity(view.findings.length, "finding")} in{" "}
				{formatDuration(view.durationUs / 1000)}.
			</p>
		</div>
	);
}
