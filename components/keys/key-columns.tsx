import { Infinity as AnyModel } from "lucide-react";
import Link from "next/link";
import type { Key } from "../../lib/contracts/keys.ts";
import { endpointWords } from "../../lib/format/endpoint-words.ts";
import type { Column } from "../ui/data-table/column.ts";
import { Time } from "../ui/time.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { KeyStatus, statusWords } from "./key-status.tsx";
import { limitInWords, prefixInWords } from "./key-words.ts";

const nothing = <span className="text-faint">–</span>;

export const keyColumns: readonly Column<Key>[] = [
	{
		id: "name",
		header: "Name",
		isPrimary: true,
		sortBy: (key) => key.name,
		cell: (key) => (
			<div className="min-w-0 max-w-44">
				<div className="truncate font-medium text-ink" title={key.name}>
					{key.name}
				</div>
				<div className="truncate font-mono text-faint text-xs">{prefixInWords(key)}</div>
			</div>
		),
	},
	{
		id: "status",
		header: "Status",
		sortBy: (key) => statusWords[key.status],
		cell: (key) => <StatusCell subject={key} />,
	},
	{
		id: "owner",
		header: "Owner, team",
		sortBy: (key) => key.owner?.name ?? null,
		cell: (key) => <OwnerCell subject={key} />,
	},
	{
		id: "team",
		header: "Team",
		isHiddenByDefault: true,
		sortBy: (key) => key.team?.name ?? null,
		cell: (key) => (key.team === null ? nothing : <Name text={key.team.name} />),
	},
	{
		id: "models",
		header: "Models",
		exportAs: (key) => key.allowedModels.join(" "),
		cell: (key) => <ModelsCell patterns={key.allowedModels} />,
	},
	{
		id: "endpoints",
		header: "Endpoints",
		exportAs: (key) => key.allowedEndpoints.join(" "),
		cell: (key) => (
			<Name text={key.allowedEndpoints.map((id) => endpointWords[id].label).join(", ")} />
		),
	},
	{
		id: "limit",
		header: "Limit",
		align: "right",
		sortBy: (key) => (key.requestsPerMinute === 0 ? Number.MAX_VALUE : key.requestsPerMinute),
		exportAs: (key) => limitInWords(key.requestsPerMinute),
		cell: (key) => (
			<span className={key.requestsPerMinute === null ? "text-muted" : "whitespace-nowrap"}>
				{limitInWords(key.requestsPerMinute)}
			</span>
		),
	},
	{
		id: "lastUsed",
		header: "Last used",
		sortBy: (key) => key.lastUsedAt,
		cell: (key) =>
			key.lastUsedAt === null ? (
				<Time at={null} />
			) : (
				<Link
					href={requestsOf(key)}
					aria-label={`Requests of ${key.name}`}
					className="rounded text-accent-ink hover:underline"
				>
					<Time at={key.lastUsedAt} />
				</Link>
			),
	},
	{
		id: "expires",
		header: "Expires",
		sortBy: (key) => key.expiresAt,
		cell: (key) => <Time at={key.expiresAt} />,
	},
	{
		id: "created",
		header: "Created",
		isHiddenByDefault: true,
		sortBy: (key) => key.createdAt,
		cell: (key) => <Time at={key.createdAt} />,
	},
	{
		id: "origin",
		header: "Origin",
		isHiddenByDefault: true,
		sortBy: (key) => key.origin,
		cell: (key) => originWords[key.origin],
	},
];

const originWords: Readonly<Record<Key["origin"], string>> = {
	console: "Console",
	environment: "Environment",
	starter: "First start",
};

export function requestsOf(key: Key): string {
	return `/requests?keyId=${encodeURIComponent(key.id)}&range=7d`;
}

/** One line; what does not fit shows on hover and in the export. */
function Name({ text }: { readonly text: string }) {
	return (
		<span title={text} className="block max-w-36 truncate">
			{text}
		</span>
	);
}

function OwnerCell({ subject: { owner, team } }: { readonly subject: Key }) {
	if (owner === null && team === null) return nothing;
	return (
		<div>
			<Name text={owner?.name ?? "nobody"} />
			{team !== null && (
				<div className="text-faint text-xs">
					<Name text={team.name} />
				</div>
			)}
		</div>
	);
}

function StatusCell({ subject }: { readonly subject: Key }) {
	return (
		<div className="flex flex-col items-start gap-0.5">
			<KeyStatus status={subject.status} />
			{subject.status === "active" && subject.graceUntil !== null && (
				<span className="max-w-24 text-caution-ink text-xs">
					old secret ends <Time at={subject.graceUntil} />
				</span>
			)}
		</div>
	);
}

function ModelsCell({ patterns }: { readonly patterns: readonly string[] }) {
	const [first, ...more] = patterns;
	if (first === undefined) {
		return (
			<span className="inline-flex items-center gap-1.5 text-muted">
				<AnyModel aria-hidden="true" className="size-4" />
				every model
			</span>
		);
	}
	const shown = (
		<span className="inline-flex max-w-36 items-baseline gap-1.5">
			<span className="truncate font-mono text-sm">{first}</span>
			{more.length > 0 && <span className="shrink-0 text-muted">+{more.length}</span>}
		</span>
	);
	if (more.length === 0) return shown;
	return (
		<Tooltip
			content={<span className="whitespace-pre font-mono">{patterns.slice(0, 20).join("\n")}</span>}
		>
			{shown}
		</Tooltip>
	);
}
