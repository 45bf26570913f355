import type { ReactNode } from "react";
import type { Cell } from "../../../lib/format/csv.ts";
import type { SortValue } from "../../../lib/format/sort-rows.ts";

export interface Column<Row> {
	readonly id: string;
	readonly header: string;
	readonly cell: (row: Row) => ReactNode;
	/** Makes the column sortable, over the rows that are loaded. */
	readonly sortBy?: (row: Row) => SortValue;
	/** What an export holds; `sortBy` when left out, and without both the column is not exported. */
	readonly exportAs?: (row: Row) => Cell;
	readonly align?: "left" | "right";
	readonly isHiddenByDefault?: boolean;
	/** Cannot be hidden, and is the title of the card on phones. */
	readonly isPrimary?: boolean;
}

export function exportValue<Row>(column: Column<Row>, row: Row): Cell {
	return column.exportAs?.(row) ?? column.sortBy?.(row) ?? null;
}

export function isExported<Row>(column: Column<Row>): boolean {
	return column.exportAs !== undefined || column.sortBy !== undefined;
}
