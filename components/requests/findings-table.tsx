import Link from "next/link";
import { useMay } from "../../lib/client/use-session.ts";
import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { sourceWords, wordFor } from "../../lib/format/threat-words.ts";
import { ActionBadge } from "../ui/outcome-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import type { PlainColumn } from "./plain-table.tsx";
import { PlainTable } from "./plain-table.tsx";

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
	{ header: "Where", cell: ({ source }) => wordFor(sourceWords, source) },
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
export function FindingsTable({ request }: { readonly request: RequestDetail }) {
	const maySeeThreats = useMay("threats:read");
	const { id, findings } = request;
	if (findings.length === 0) {
		return (
			<Panel title="Findings">
				<p className="text-muted">No guard found anything.</p>
			</Panel>
		);
	}
	const event: PlainColumn<Finding> = {
		header: "Event",
		cell: (finding) => (
			<Link
				href={`/threats?${new URLSearchParams({ tab: "events", event: `${id}.${findings.indexOf(finding)}` })}`}
				className="whitespace-nowrap rounded text-accent-ink hover:underline"
			>
				Threat event
				<span className="sr-only"> of {finding.rule}</span>
			</Link>
		),
	};
	return (
		<Panel title="Findings" isPadded={false}>
			<PlainTable
				label="Findings"
				columns={maySeeThreats ? [...columns, event] : columns}
				rows={findings}
			/>
		</Panel>
	);
}
