import Link from "next/link";
import type { ReplayResult } from "../../lib/contracts/inspections.ts";
import { verdictActions } from "../../proxy-core/contract/verdict.ts";
import type { Column } from "../ui/data-table/column.ts";
import { ActionBadge } from "../ui/outcome-badge.tsx";
import { Time } from "../ui/time.tsx";

type Item = ReplayResult["items"][number];

/** Columns of the requests for which a changed policy makes a difference. */
export function replayColumns(keyNames: ReadonlyMap<string, string>): readonly Column<Item>[] {
	const keyOf = ({ keyId }: Item) =>
		keyId === null ? "Playground" : (keyNames.get(keyId) ?? keyId);
	return [
		{
			id: "at",
			header: "Request",
			isPrimary: true,
			sortBy: ({ at }) => at,
			cell: ({ at, requestId }) => (
				<Link href={`/requests/${requestId}`} className="text-accent-ink hover:underline">
					<Time at={at} />
				</Link>
			),
		},
		{
			id: "id",
			header: "Id",
			isHiddenByDefault: true,
			sortBy: ({ requestId }) => requestId,
			cell: ({ requestId }) => <span className="break-all font-mono text-sm">{requestId}</span>,
		},
		{
			id: "from",
			header: "In force",
			sortBy: ({ from }) => verdictActions.indexOf(from),
			exportAs: ({ from }) => from,
			cell: ({ from }) => <ActionBadge action={from} />,
		},
		{
			id: "to",
			header: "With the change",
			sortBy: ({ to }) => verdictActions.indexOf(to),
			exportAs: ({ to }) => to,
			cell: ({ to }) => <ActionBadge action={to} />,
		},
		{
			id: "new",
			header: "New rules",
			exportAs: ({ newRules }) => newRules.join(" "),
			cell: ({ newRules }) => <Rules rules={newRules} />,
		},
		{
			id: "gone",
			header: "Gone rules",
			exportAs: ({ goneRules }) => goneRules.join(" "),
			cell: ({ goneRules }) => <Rules rules={goneRules} />,
		},
		{
			id: "endpoint",
			header: "Endpoint",
			sortBy: ({ endpoint }) => endpoint,
			cell: ({ endpoint }) => endpoint,
		},
		{ id: "key", header: "Key", sortBy: keyOf, cell: keyOf },
	];
}

function Rules({ rules }: { readonly rules: readonly string[] }) {
	if (rules.length === 0) return <span className="text-muted">None</span>;
	return (
		<ul>
			{rules.map((rule) => (
				<li key={rule} className="break-all font-mono text-sm">
					{rule}
				</li>
			))}
		</ul>
	);
}
