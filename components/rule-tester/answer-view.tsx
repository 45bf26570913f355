import type { InspectionView } from "../../lib/contracts/inspections.ts";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { ChangedText } from "./changed-text.tsx";
import type { ComparedFinding } from "./inspection-words.ts";
import { MarkedText } from "./marked-text.tsx";
import { Column } from "./segment-view.tsx";

interface AnswerViewProps {
	readonly answer: string;
	readonly current: InspectionView;
	readonly changed: InspectionView | undefined;
	readonly rows: readonly ComparedFinding[];
}

/** The answer as the model said it, and as the caller would get it. */
export function AnswerView({ answer, current, changed, rows }: AnswerViewProps) {
	const marks = rows.flatMap(({ finding, current: now, changed: then }, index) => {
		if (finding.source !== "answer") return [];
		const { rule, start, end } = finding;
		return [
			{ id: String(index), index, rule, start, end, action: (then ?? now ?? finding).action },
		];
	});
	return (
		<Panel title="Answer">
			<div className="grid min-w-0 grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-3">
				<Column title="As the model said it">
					<MarkedText text={answer} marks={marks} label="The answer as the model said it" />
				</Column>
				<Column title={changed === undefined ? "As it leaves" : "As it leaves, in force"}>
					<Leaving answer={answer} view={current} label="The answer as it leaves" />
				</Column>
				{changed !== undefined && (
					<Column title="As it leaves, with the change">
						<Leaving
							answer={answer}
							view={changed}
							label="The answer as it leaves with the change"
						/>
					</Column>
				)}
			</div>
		</Panel>
	);
}

interface LeavingProps {
	readonly answer: string;
	readonly view: InspectionView;
	readonly label: string;
}

function Leaving({ answer, view, label }: LeavingProps) {
	if (view.refusal !== null) {
		return <Notice severity="info">No model would be asked: the request is refused.</Notice>;
	}
	if (view.answer === null) return <Notice severity="high">The answer would be withheld.</Notice>;
	return <ChangedText before={answer} after={view.answer} label={label} />;
}
