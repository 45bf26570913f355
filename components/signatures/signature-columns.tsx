import Link from "next/link";
import type { SignatureInfo } from "../../lib/contracts/signatures.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { categoryWords } from "../../lib/format/threat-words.ts";
import { severities } from "../../proxy-core/contract/threats.ts";
import { Badge } from "../ui/badge.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { eventsOf, modeText } from "./signature-words.ts";

export const signatureColumns: readonly Column<SignatureInfo>[] = [
	{
		id: "title",
		header: "Signature",
		isPrimary: true,
		sortBy: ({ title }) => title,
		cell: ({ id, title, isOwn }) => (
			<div>
				<div className="text-ink">{title}</div>
				<div className="flex items-center gap-2 font-mono text-muted text-sm">
					{id}
					{isOwn && <Badge tone="accent">Own</Badge>}
				</div>
			</div>
		),
	},
	{
		id: "id",
		header: "Id",
		isHiddenByDefault: true,
		sortBy: ({ id }) => id,
		cell: ({ id }) => <span className="font-mono">{id}</span>,
	},
	{
		id: "category",
		header: "Category",
		sortBy: ({ category }) => categoryWords[category],
		cell: ({ category }) => categoryWords[category],
	},
	{
		id: "severity",
		header: "Severity",
		sortBy: ({ severity }) => severities.indexOf(severity),
		exportAs: ({ severity }) => severity,
		cell: ({ severity }) => <SeverityBadge severity={severity} />,
	},
	{
		id: "mode",
		header: "When found",
		sortBy: modeText,
		cell: (row) => (
			<div>
				{modeText(row)}
				{row.mode !== null && <div className="text-muted text-sm">set here</div>}
			</div>
		),
	},
	{
		id: "texts",
		header: "Texts",
		align: "right",
		sortBy: ({ literals }) => literals.length,
		cell: ({ literals }) =>
			literals.length === 0 ? <span className="text-faint">–</span> : formatCount(literals.length),
	},
	{
		id: "found",
		header: "Hits, 24 h",
		align: "right",
		sortBy: ({ hits }) => hits.found,
		cell: ({ id, hits }) =>
			hits.found === 0 ? (
				<span className="text-faint">0</span>
			) : (
				<Link href={eventsOf(id)} className="text-accent-ink hover:underline">
					{formatCount(hits.found)}
				</Link>
			),
	},
	{
		id: "enforced",
		header: "Blocked, 24 h",
		align: "right",
		isHiddenByDefault: true,
		sortBy: ({ hits }) => hits.enforced,
		cell: ({ hits }) => formatCount(hits.enforced),
	},
	{
		id: "falseAlarms",
		header: "False alarms",
		align: "right",
		isHiddenByDefault: true,
		sortBy: ({ hits }) => hits.falseAlarms,
		cell: ({ hits }) => formatCount(hits.falseAlarms),
	},
];
