import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { Badge } from "../ui/badge.tsx";
import { Panel } from "../ui/panel.tsx";
import type { PlainColumn } from "./plain-table.tsx";
import { PlainTable } from "./plain-table.tsx";
import { errorTitle, formatStep } from "./request-words.ts";

type Attempt = RequestDetail["attempts"][number];

const columns: readonly PlainColumn<Attempt>[] = [
	{
		header: "Target",
		cell: ({ provider, model }) => (
			<span className="whitespace-nowrap">
				{provider}/{model}
			</span>
		),
	},
	{ header: "Result", cell: (attempt) => <Result attempt={attempt} /> },
	{ header: "Start", isNumber: true, cell: ({ startMs }) => <Duration ms={startMs} /> },
	{
		header: "Until it answered",
		isNumber: true,
		cell: ({ durationMs }) => <Duration ms={durationMs} />,
	},
];

/** Each provider that was tried, in order. */
export function AttemptsTable({ attempts }: { readonly attempts: readonly Attempt[] }) {
	if (attempts.length === 0) {
		return (
			<Panel title="Upstream attempts">
				<p className="text-muted">No provider was called.</p>
			</Panel>
		);
	}
	return (
		<Panel title="Upstream attempts" isPadded={false}>
			<PlainTable label="Upstream attempts" columns={columns} rows={attempts} />
		</Panel>
	);
}

function Result({ attempt }: { readonly attempt: Attempt }) {
	const { status, error } = attempt;
	if (error === undefined) {
		return <Badge tone="ok">{status === null ? "Answered" : `Status ${String(status)}`}</Badge>;
	}
	return (
		<span className="flex flex-col items-start gap-0.5">
			<Badge tone="danger">{status === null ? "No answer" : `Status ${String(status)}`}</Badge>
			<span className="text-muted text-xs">{errorTitle(error) ?? error}</span>
		</span>
	);
}

function Duration({ ms }: { readonly ms: number }) {
	return <span className="whitespace-nowrap">{formatStep(ms)}</span>;
}
