import type { ReactNode } from "react";
import type { InspectionView } from "../../lib/contracts/inspections.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { sourceWords } from "../../lib/format/threat-words.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { ChangedText } from "./changed-text.tsx";
import type { ComparedFinding } from "./inspection-words.ts";
import { encodingsWords } from "./inspection-words.ts";
import type { TextMark } from "./marked-text.tsx";
import { MarkedText } from "./marked-text.tsx";

type Segment = InspectionView["segments"][number];

interface SegmentViewProps {
	readonly segment: Segment;
	readonly index: number;
	/** As a model would get it; undefined when nothing would be sent. */
	readonly sentNow: string | undefined;
	readonly sentThen: string | undefined;
	readonly riskThen: number | null | undefined;
	readonly rows: readonly ComparedFinding[];
}

/** One text of the request: as written, as sent, how suspicious it is and how it was read. */
export function SegmentView(props: SegmentViewProps) {
	const { segment, index, sentNow, sentThen, riskThen, rows } = props;
	const { text, source } = segment;
	const isNowOther = sentNow !== undefined && sentNow !== text;
	const isThenOther = sentThen !== undefined && sentThen !== text;
	return (
		<li className="flex min-w-0 flex-col gap-2">
			<div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
				<h3 className="font-medium text-ink">
					{index + 1}. {sourceWords[source]}
				</h3>
				<Risk now={segment.risk} then={riskThen} />
			</div>
			<div className="grid min-w-0 grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-3">
				<Column title="As written">
					<MarkedText
						text={text}
						marks={marksIn(rows, index)}
						label={`Text ${index + 1} as written`}
					/>
				</Column>
				{isNowOther && (
					<Column title={isThenOther ? "As sent, in force" : "As sent"}>
						<ChangedText before={text} after={sentNow} label={`Text ${index + 1} as sent`} />
					</Column>
				)}
				{isThenOther && (
					<Column title="As sent, with the change">
						<ChangedText
							before={text}
							after={sentThen}
							label={`Text ${index + 1} as sent with the change`}
						/>
					</Column>
				)}
			</div>
			<Readings views={segment.views} />
		</li>
	);
}

export function Column({
	title,
	children,
}: {
	readonly title: string;
	readonly children: ReactNode;
}) {
	return (
		<div className="flex min-w-0 flex-col gap-1">
			<h4 className="text-muted text-sm">{title}</h4>
			{children}
		</div>
	);
}

function marksIn(rows: readonly ComparedFinding[], segment: number): readonly TextMark[] {
	return rows.flatMap(({ finding, current, changed }, index) => {
		if (finding.segment !== segment) return [];
		const { rule, start, end } = finding;
		const { action } = changed ?? current ?? finding;
		return [{ id: String(index), index, rule, action, start, end }];
	});
}

interface RiskProps {
	readonly now: number | null;
	readonly then: number | null | undefined;
}

/** How suspicious the guards find a text, from 0 to 1. */
function Risk({ now, then }: RiskProps) {
	if (now === null && (then === null || then === undefined)) return null;
	const hasChanged = then !== undefined && then !== now;
	return (
		<p className="flex items-center gap-2 text-muted text-sm">
			Risk {words(now)}
			{hasChanged && `, with the change ${words(then)}`}
			<meter
				min={0}
				max={1}
				value={(hasChanged ? then : now) ?? 0}
				aria-label="Risk, from 0 to 1"
				className="w-24"
			/>
		</p>
	);
}

function words(risk: number | null): string {
	return risk === null ? "not said" : risk.toFixed(2);
}

/** The text as detectors read it: made plain, then whatever was hidden in it. */
function Readings({ views }: Pick<Segment, "views">) {
	if (views.length === 0) return null;
	return (
		<details>
			<summary className="cursor-pointer text-muted text-sm">
				Read in {formatQuantity(views.length, "way")}
			</summary>
			<ol className="flex flex-col gap-3 pt-2">
				{views.map(({ text, encodings }, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the readings of a fixed text never change.
					<li key={index}>
						<p className="mb-1 text-muted text-sm">{encodingsWords(encodings)}</p>
						<CodeBlock
							code={text}
							label={`Reading ${index + 1}`}
							isWrapped
							className="max-h-64 overflow-y-auto"
						/>
					</li>
				))}
			</ol>
		</details>
	);
}
