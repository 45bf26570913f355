import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import type { InspectionView } from "../../lib/contracts/inspections.ts";
import { categoryWords, sourceWords, wordFor } from "../../lib/format/threat-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ActionBadge } from "../ui/outcome-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import type { ComparedFinding } from "./inspection-words.ts";
import { differenceWords, wouldBeWords } from "./inspection-words.ts";
import { findingId, markId, reveal } from "./reveal.ts";

interface FindingsProps {
	readonly rows: readonly ComparedFinding[];
	readonly isCompared: boolean;
	readonly onEdit: (part: string, rule?: string) => void;
}

/** Every finding with its number in the texts; those of two policies in one list. */
export function FindingsList({ rows, isCompared, onEdit }: FindingsProps) {
	if (rows.length === 0) {
		return (
			<Panel title="Findings">
				<p className="text-muted">No rule found anything.</p>
			</Panel>
		);
	}
	return (
		<Panel title="Findings" isPadded={false}>
			<ol aria-label="Findings" className="divide-y divide-line">
				{rows.map((row, index) => (
					<li
						// biome-ignore lint/suspicious/noArrayIndexKey: the findings of a judged request never change.
						key={index}
						id={findingId(index)}
						tabIndex={-1}
						className="flex flex-col gap-2 px-4 py-3 sm:flex-row sm:items-start sm:justify-between"
					>
						<Facts row={row} number={index + 1}>
							<Treatment row={row} isCompared={isCompared} />
						</Facts>
						<div className="-ml-2.5 flex shrink-0 flex-wrap items-center gap-1 sm:ml-0">
							<Leads row={row} index={index} onEdit={onEdit} />
						</div>
					</li>
				))}
			</ol>
		</Panel>
	);
}

interface FactsProps {
	readonly row: ComparedFinding;
	readonly number: number;
	/** What is done about it. */
	readonly children: ReactNode;
}

function Facts({ row, number, children }: FactsProps) {
	const { title, rule, guard, category, severity, source, score, start, end } = row.finding;
	return (
		<div className="min-w-0">
			<div className="flex flex-wrap items-center gap-2">
				<span className="text-muted">{number}.</span>
				<span className="min-w-0 text-ink">{title}</span>
				{severity !== undefined && <SeverityBadge severity={severity} />}
				{row.difference !== "same" && (
					<Badge tone="accent">{differenceWords[row.difference]}</Badge>
				)}
				{children}
			</div>
			<p className="mt-0.5 break-words text-muted text-sm">
				<span className="font-mono">
					{guard}/{rule}
				</span>
				{category !== undefined && ` · ${categoryWords[category]}`} · {wordFor(sourceWords, source)}
				, characters {start} to {end} · score {score.toFixed(2)}
			</p>
		</div>
	);
}

function Treatment({
	row,
	isCompared,
}: Pick<FindingsProps, "isCompared"> & { readonly row: ComparedFinding }) {
	const { current, changed, difference } = row;
	if (!isCompared || difference === "same") return <Done finding={row.finding} />;
	return (
		<span className="flex flex-wrap items-center gap-1.5">
			{current === undefined ? <Badge>Not found</Badge> : <Done finding={current} />}
			<ArrowRight aria-hidden="true" className="size-4 text-faint" />
			<span className="sr-only">with the change: </span>
			{changed === undefined ? <Badge>Not found</Badge> : <Done finding={changed} />}
		</span>
	);
}

function Done({ finding }: { readonly finding: InspectionView["findings"][number] }) {
	const { action, wouldBe } = finding;
	return (
		<>
			<ActionBadge action={action} />
			{wouldBe !== undefined && <Badge tone="note">{wouldBeWords(wouldBe)}</Badge>}
		</>
	);
}

interface LeadsProps extends Pick<FindingsProps, "onEdit"> {
	readonly row: ComparedFinding;
	readonly index: number;
}

function Leads({ row: { finding }, index, onEdit }: LeadsProps) {
	const { guard, rule, segment } = finding;
	const isSection = guard === "firewall" || guard === "privacy";
	return (
		<>
			{segment !== null && (
				<Button size="small" variant="ghost" onClick={() => reveal(markId(index))}>
					Show in the text
				</Button>
			)}
			<Button
				size="small"
				variant="ghost"
				onClick={() => (isSection ? onEdit(guard) : onEdit(`guards.${guard}`, rule))}
			>
				What if
				<span className="sr-only"> {isSection ? guard : rule} were different</span>
			</Button>
		</>
	);
}
