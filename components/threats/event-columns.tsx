import Link from "next/link";
import type { ThreatEvent } from "../../lib/contracts/threats.ts";
import {
	categoryWords,
	effectOf,
	effectWords,
	layerWords,
	sourceWords,
} from "../../lib/format/threat-words.ts";
import { severities } from "../../proxy-core/contract/threats.ts";
import type { Column } from "../ui/data-table/column.ts";
import { EffectBadge } from "../ui/effect-badge.tsx";
import { MiddleTruncate } from "../ui/middle-truncate.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { Time } from "../ui/time.tsx";

/** Every fact of an event; what one looks at first stands first. */
export const eventColumns: readonly Column<ThreatEvent>[] = [
	{
		id: "at",
		header: "Time",
		cell: ({ at }) => <Time at={at} />,
		sortBy: ({ at }) => at,
	},
	{
		id: "severity",
		header: "Severity",
		cell: ({ severity }) => <SeverityBadge severity={severity} />,
		sortBy: ({ severity }) => severities.indexOf(severity),
		exportAs: ({ severity }) => severity,
	},
	{
		id: "rule",
		header: "What",
		cell: ({ category, rule }) => (
			// Wide enough for the longest names that ship; only an operator's own ones break.
			<span className="block min-w-40">
				<span className="block text-ink">{categoryWords[category]}</span>
				<span className="block wrap-anywhere font-mono text-muted text-xs">{rule}</span>
			</span>
		),
		sortBy: ({ rule }) => rule,
		isPrimary: true,
	},
	{
		id: "effect",
		header: "Effect",
		cell: (event) => <EffectBadge effect={effectOf(event)} />,
		sortBy: (event) => effectWords[effectOf(event)],
	},
	{
		id: "layer",
		header: "Layer",
		cell: ({ layer, source }) => (
			<span className="whitespace-nowrap">
				<span className="block">{layerWords[layer]}</span>
				<span className="block text-muted text-xs">{sourceWords[source]}</span>
			</span>
		),
		exportAs: ({ layer }) => layerWords[layer],
		sortBy: ({ layer }) => layerWords[layer],
	},
	{
		id: "source",
		header: "Where",
		cell: ({ source }) => sourceWords[source],
		sortBy: ({ source }) => sourceWords[source],
		// Stands below the layer as well; on its own it can be sorted by.
		isHiddenByDefault: true,
	},
	{
		id: "key",
		header: "Key",
		cell: ({ key }) => maybe(key === null ? null : (key.name ?? key.id)),
		sortBy: ({ key }) => key?.name ?? key?.id ?? null,
	},
	{
		id: "end-user",
		header: "End user",
		cell: ({ endUser }) => maybe(endUser),
		sortBy: ({ endUser }) => endUser,
	},
	{ id: "ip", header: "Address", cell: ({ ip }) => ip, sortBy: ({ ip }) => ip },
	{
		id: "session",
		header: "Session",
		cell: ({ session }) => maybe(session),
		sortBy: ({ session }) => session,
		isHiddenByDefault: true,
	},
	{
		id: "model",
		header: "Model",
		cell: ({ model }) => maybe(model),
		sortBy: ({ model }) => model,
		isHiddenByDefault: true,
	},
	{
		id: "score",
		header: "Score",
		align: "right",
		cell: ({ score }) => score.toFixed(2),
		sortBy: ({ score }) => score,
		isHiddenByDefault: true,
	},
	{
		id: "request",
		header: "Request",
		cell: ({ requestId }) => (
			<Link
				href={`/requests/${encodeURIComponent(requestId)}`}
				className="whitespace-nowrap rounded text-accent-ink hover:underline"
			>
				<span className="sr-only">Trace of </span>
				{requestId.slice(-8)}
			</Link>
		),
		exportAs: ({ requestId }) => requestId,
	},
];

function maybe(text: string | null) {
	if (text === null) return <span className="text-faint">–</span>;
	return <MiddleTruncate text={text} max={24} isMono={false} isCopyable={false} />;
}
