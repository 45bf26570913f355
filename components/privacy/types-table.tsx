import Link from "next/link";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Privacy } from "../../lib/contracts/privacy.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import type { Column } from "../ui/data-table/column.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import type { TypeRow } from "./privacy-words.ts";
import {
	actionWords,
	filterTypes,
	groupWords,
	optionsOf,
	readTypeFilter,
	typeRows,
	withAction,
} from "./privacy-words.ts";
import { TypesToolbar } from "./types-toolbar.tsx";
import type { PrivacyDraft } from "./use-privacy-draft.ts";

interface TypesTableProps {
	readonly draft: PrivacyDraft;
	readonly isReadOnly: boolean;
	readonly counts: Privacy["counts"];
}

export function TypesTable({ draft, isReadOnly, counts }: TypesTableProps) {
	const [params] = useUrlState();
	const rows = filterTypes(typeRows(draft.value, counts), readTypeFilter(params));
	return (
		<Panel isPadded={false} className="[&>div]:pt-0">
			<DataTable
				id="privacy-types"
				label="Types of personal data"
				columns={columnsFor(draft, isReadOnly)}
				rows={rows}
				rowKey={({ id }) => id}
				toolbar={<TypesToolbar />}
				empty={<EmptyState title="No type fits these filters." />}
			/>
		</Panel>
	);
}

function columnsFor(draft: PrivacyDraft, isReadOnly: boolean): readonly Column<TypeRow>[] {
	return [
		{
			id: "title",
			header: "Type",
			isPrimary: true,
			sortBy: ({ title }) => title,
			cell: ({ id, title }) => (
				<div>
					<div className="text-ink">{title}</div>
					<div className="font-mono text-muted text-sm">{id}</div>
				</div>
			),
		},
		{
			id: "group",
			header: "Group",
			sortBy: ({ group }) => (group === null ? "" : groupWords[group]),
			cell: ({ group, country }) => (
				<>
					{group === null ? "Other" : groupWords[group]}
					{country !== null && <span className="text-muted"> · {country}</span>}
				</>
			),
		},
		{
			id: "action",
			header: "When found",
			sortBy: ({ action }) => actionWords[action].label,
			cell: (row) => <ActionCell row={row} draft={draft} isReadOnly={isReadOnly} />,
		},
		{
			id: "day",
			header: "Found, 24 h",
			align: "right",
			sortBy: ({ counts }) => counts?.day.found ?? 0,
			cell: ({ id, counts }) => <CountLink type={id} count={counts?.day.found ?? 0} range="24h" />,
		},
		{
			id: "week",
			header: "Found, 7 d",
			align: "right",
			sortBy: ({ counts }) => counts?.week.found ?? 0,
			cell: ({ id, counts }) => <CountLink type={id} count={counts?.week.found ?? 0} range="7d" />,
		},
		{
			id: "enforced",
			header: "Kept back, 7 d",
			align: "right",
			isHiddenByDefault: true,
			sortBy: ({ counts }) => counts?.week.enforced ?? 0,
			cell: ({ counts }) => formatCount(counts?.week.enforced ?? 0),
		},
	];
}

interface ActionCellProps {
	readonly row: TypeRow;
	readonly draft: PrivacyDraft;
	readonly isReadOnly: boolean;
}

function ActionCell({ row, draft, isReadOnly }: ActionCellProps) {
	const { value, set } = draft;
	if (row.defaultAction === null) {
		return <span className="text-muted">{actionWords[row.action].label}, as all other types</span>;
	}
	return (
		<div className="flex items-center gap-2">
			<Select
				size="small"
				className="w-28"
				aria-label={`When a ${row.title} is found`}
				disabled={isReadOnly}
				options={optionsOf(actionWords)}
				value={row.action}
				onChange={(action) => set({ actions: withAction(value, row, action).actions })}
			/>
			{row.action !== row.defaultAction && (
				<span className="text-muted text-xs">default: {actionWords[row.defaultAction].label}</span>
			)}
		</div>
	);
}

interface CountLinkProps {
	readonly type: string;
	readonly count: number;
	readonly range: "24h" | "7d";
}

function CountLink({ type, count, range }: CountLinkProps) {
	if (count === 0) return <span className="text-faint">0</span>;
	const query = new URLSearchParams({ guard: "privacy", rule: type, range });
	return (
		<Link href={`/threats?${query.toString()}`} className="text-accent-ink hover:underline">
			{formatCount(count)}
		</Link>
	);
}
