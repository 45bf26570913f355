import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { ActionBadge } from "../ui/outcome-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import type { PlainColumn } from "./plain-table.tsx";
import { PlainTable } from "./plain-table.tsx";
import { sourceTitle } from "./request-words.ts";

type Finding = RequestDetail["findings"][number];

const columns: readonly PlainColumn<Finding>[] = [
	{ header: "Decision", cell: ({ action }) => <ActionBadge action={action} /> },
	{
		header: "Rule",
		cell: ({ rule, guard }) => (
			<>
				<span className="font-mono text-sm">{rule}</span>
				<span className="block text-muted text-xs">{guard}</span>
			</>
		),
	},
	{ header: "Where", cell: ({ source }) => sourceTitle(source) },
	{
		header: "Characters",
		isNumber: true,
		cell: ({ start, end }) => (
			<span className="whitespace-nowrap">
				{start} to {end}
			</span>
		),
	},
	{ header: "Score, 0 to 1", isNumber: true, cell: ({ score }) => score.toFixed(2) },
];

/** Which rules matched. The text itself is not kept, only where in it they matched. */
export function FindingsTable({ findings }: { readonly findings: readonly Finding[] }) {
	if (findings.length === 0) {
		return (
			<Panel title="Findings">
				<p className="text-muted">No guard found anything.</p>
			</Panel>
		);
	}
	return (
		<Panel title="Findings" isPadded={false}>
			<PlainTable label="Findings" columns={columns} rows={findings} />
		</Panel>
	);
}
