"use client";

import type { ReactNode } from "react";
import { useIsNarrow } from "../../../lib/client/use-is-narrow.ts";
import { formatQuantity } from "../../../lib/format/numbers.ts";
import { Button } from "../button.tsx";
import type { Column } from "./column.ts";
import { TableCards } from "./table-cards.tsx";
import { TableGrid } from "./table-grid.tsx";
import { TableToolbar } from "./table-toolbar.tsx";
import { useTableView } from "./use-table-view.ts";

export interface DataTableProps<Row> {
	/** Names the table; column choice and density are remembered under it, exports are named after it. */
	readonly id: string;
	/** What the rows are, for screen readers: "Requests". */
	readonly label: string;
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
	readonly rowKey: (row: Row) => string;
	/** A click on a row or Enter. */
	readonly onOpen?: (row: Row) => void;
	/** Rows that lead nowhere do not look as if they did; without it all of them open. */
	readonly isOpenable?: (row: Row) => boolean;
	/** Buttons of a row; at most one or two, the rest in a menu. */
	readonly rowActions?: (row: Row) => ReactNode;
	/** The row that is open beside the table. */
	readonly openKey?: string | undefined;
	/** Filters, at the beginning of the toolbar. */
	readonly toolbar?: ReactNode;
	readonly paging?: {
		readonly hasMore: boolean;
		readonly isLoading: boolean;
		readonly loadMore: () => void;
	};
	/** Instead of rows, when there are none; the toolbar stays. */
	readonly empty?: ReactNode;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
	const { id, label, columns, rows, toolbar, paging, empty } = props;
	const view = useTableView(id, columns, rows);
	const isNarrow = useIsNarrow();
	const Body = isNarrow ? TableCards : TableGrid;
	return (
		<div className="min-w-0">
			<TableToolbar view={view} columns={columns} name={id}>
				{toolbar ?? (
					<span aria-hidden="true" className="px-1 font-medium text-ink">
						{label}
					</span>
				)}
			</TableToolbar>
			{rows.length === 0 && empty !== undefined ? (
				<div className="border-line border-t">{empty}</div>
			) : (
				<Body {...props} view={view} />
			)}
			<div className="flex min-h-10 items-center justify-between gap-4 border-line border-t px-4 py-1.5 text-muted text-sm">
				<span>
					{formatQuantity(rows.length, "row")}
					{paging?.hasMore === true ? " loaded, there are more" : ""}
				</span>
				{paging?.hasMore === true && (
					<Button size="small" isBusy={paging.isLoading} onClick={paging.loadMore}>
						Load more
					</Button>
				)}
			</div>
		</div>
	);
}
