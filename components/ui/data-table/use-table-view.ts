"use client";

import { useState } from "react";
import * as z from "zod";
import { useStoredPreference } from "../../../lib/client/use-stored-preference.ts";
import type { SortChoice } from "../../../lib/format/sort-rows.ts";
import { nextSort, sortRows } from "../../../lib/format/sort-rows.ts";
import type { Column } from "./column.ts";

const viewSchema = z.object({
	density: z.enum(["comfortable", "compact"]),
	/** Shown or hidden by the person; what is not named keeps its default. */
	columns: z.record(z.string(), z.boolean()),
});

export type Density = z.infer<typeof viewSchema>["density"];

export interface TableView<Row> {
	readonly density: Density;
	readonly setDensity: (density: Density) => void;
	readonly shown: readonly Column<Row>[];
	readonly isShown: (column: Column<Row>) => boolean;
	readonly show: (column: Column<Row>, isShown: boolean) => void;
	readonly sort: SortChoice | undefined;
	readonly toggleSort: (column: string) => void;
	readonly sorted: readonly Row[];
}

export function useTableView<Row>(
	id: string,
	columns: readonly Column<Row>[],
	rows: readonly Row[],
): TableView<Row> {
	const [view, setView] = useStoredPreference(`table.${id}`, viewSchema, {
		density: "comfortable",
		columns: {},
	});
	const [sort, setSort] = useState<SortChoice | undefined>(undefined);
	const isShown = (column: Column<Row>) =>
		column.isPrimary === true || (view.columns[column.id] ?? column.isHiddenByDefault !== true);
	const sortValue = columns.find((column) => column.id === sort?.column)?.sortBy;
	return {
		density: view.density,
		setDensity: (density) => setView({ ...view, density }),
		shown: columns.filter(isShown),
		isShown,
		show: (column, shown) => setView({ ...view, columns: { ...view.columns, [column.id]: shown } }),
		sort,
		toggleSort: (column) => setSort(nextSort(sort, column)),
		sorted:
			sort === undefined || sortValue === undefined
				? rows
				: sortRows(rows, sortValue, sort.direction),
	};
}
