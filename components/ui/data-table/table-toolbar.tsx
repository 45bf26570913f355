"use client";

import { Columns3, Download, Rows3, Rows4 } from "lucide-react";
import type { ReactNode } from "react";
import { saveFile } from "../../../lib/client/save-file.ts";
import { toCsv } from "../../../lib/format/csv.ts";
import { DropdownMenu, MenuCheckbox, MenuItem, MenuLabel } from "../dropdown-menu.tsx";
import { IconButton } from "../icon-button.tsx";
import type { Column } from "./column.ts";
import { exportValue, isExported } from "./column.ts";
import type { TableView } from "./use-table-view.ts";

interface TableToolbarProps<Row> {
	readonly view: TableView<Row>;
	readonly columns: readonly Column<Row>[];
	/** Becomes the file's name. */
	readonly name: string;
	/** Filters. */
	readonly children?: ReactNode;
}

export function TableToolbar<Row>({ view, columns, name, children }: TableToolbarProps<Row>) {
	const isCompact = view.density === "compact";
	return (
		<div className="flex flex-wrap items-center gap-2 px-3 py-2">
			<div className="flex min-w-0 grow flex-wrap items-center gap-2">{children}</div>
			<div className="flex items-center">
				<IconButton
					size="small"
					// Cards have no rows to be dense.
					className="max-sm:hidden"
					label={isCompact ? "Comfortable rows" : "Compact rows"}
					icon={isCompact ? <Rows3 aria-hidden="true" /> : <Rows4 aria-hidden="true" />}
					onClick={() => view.setDensity(isCompact ? "comfortable" : "compact")}
				/>
				<DropdownMenu
					trigger={
						<IconButton
							size="small"
							label="Choose columns"
							icon={<Columns3 aria-hidden="true" />}
						/>
					}
				>
					<MenuLabel>Columns</MenuLabel>
					{columns.map((column) => (
						<MenuCheckbox
							key={column.id}
							isChecked={view.isShown(column)}
							onChange={(isShown) => view.show(column, isShown)}
							disabled={column.isPrimary === true}
						>
							{column.header}
						</MenuCheckbox>
					))}
				</DropdownMenu>
				<DropdownMenu
					trigger={
						<IconButton
							size="small"
							label="Export loaded rows"
							icon={<Download aria-hidden="true" />}
							disabled={view.sorted.length === 0}
						/>
					}
				>
					<MenuLabel>Export the {view.sorted.length} loaded rows</MenuLabel>
					<MenuItem onSelect={() => exportCsv(view, columns, name)}>CSV</MenuItem>
					<MenuItem onSelect={() => exportJson(view.sorted, name)}>JSON</MenuItem>
				</DropdownMenu>
			</div>
		</div>
	);
}

function exportCsv<Row>(view: TableView<Row>, columns: readonly Column<Row>[], name: string): void {
	const exported = columns.filter(isExported);
	const rows = view.sorted.map((row) => exported.map((column) => exportValue(column, row)));
	const text = toCsv(
		exported.map((column) => column.header),
		rows,
	);
	saveFile({ name: `${name}.csv`, type: "text/csv", text });
}

function exportJson(rows: readonly unknown[], name: string): void {
	saveFile({ name: `${name}.json`, type: "application/json", text: JSON.stringify(rows, null, 2) });
}
