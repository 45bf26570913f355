import type { InspectionView } from "../../lib/contracts/inspections.ts";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { AnswerView } from "./answer-view.tsx";
import { Decision } from "./decision.tsx";
import { FindingsList } from "./findings-list.tsx";
import { compareFindings } from "./inspection-words.ts";
import { SegmentView } from "./segment-view.tsx";
import { StagesTable } from "./stages-table.tsx";
import type { InspectionResult } from "./use-inspection.ts";

interface ResultProps {
	readonly result: InspectionResult;
	/** Opens a guard's rule, or another part of the policy, among what can be changed. */
	readonly onEdit: (part: string, rule?: string) => void;
}

/** What one policy says, or what two say, side by side. */
export function InspectionResultView({ result, onEdit }: ResultProps) {
	const { current, answer, isOld } = result;
	const changed = result.changed ?? undefined;
	const rows = compareFindings(current.findings, changed?.findings);
	const segments = textsOf(current, changed);
	return (
		<div className="flex min-w-0 flex-col gap-4">
			{isOld && (
				<Notice severity="info">
					This was judged before the last change on this page. Judge again to see what it does.
				</Notice>
			)}
			<Decision current={current} changed={changed} hasAnswer={answer !== undefined} />
			<FindingsList rows={rows} isCompared={changed !== undefined} onEdit={onEdit} />
			{segments.length > 0 && (
				<Panel
					title="Texts"
					description="What the request says, what was found in it, and what a model would get."
				>
					<ul className="flex flex-col gap-6">
						{segments.map((pair, index) => (
							<SegmentView
								// biome-ignore lint/suspicious/noArrayIndexKey: the texts of a judged request never change.
								key={index}
								{...pair}
								rows={rows}
								index={index}
							/>
						))}
					</ul>
				</Panel>
			)}
			{answer !== undefined && (
				<AnswerView answer={answer} current={current} changed={changed} rows={rows} />
			)}
			<StagesTable current={current} changed={changed} />
		</div>
	);
}

type Segment = InspectionView["segments"][number];

interface TextPair {
	/** Undefined: refused before the text was looked at. */
	readonly sentNow: string | undefined;
	readonly sentThen: string | undefined;
	readonly segment: Segment;
	readonly riskThen: number | null | undefined;
}

/** The texts are the same under any policy; what becomes of them is not. */
function textsOf(current: InspectionView, changed: InspectionView | undefined): TextPair[] {
	return current.segments.map((segment, index) => {
		const then = changed?.segments[index];
		return {
			segment,
			sentNow: current.refusal === null ? segment.edited : undefined,
			sentThen: changed?.refusal === null ? then?.edited : undefined,
			riskThen: then?.risk,
		};
	});
}
