"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { classNames } from "../../../lib/format/class-names.ts";
import type { Column } from "./column.ts";
import type { DataTableProps } from "./data-table.tsx";
import { useRowKeys } from "./use-row-keys.ts";
import type { TableView } from "./use-table-view.ts";

export interface TableBodyProps<Row> extends DataTableProps<Row> {
	readonly view: TableView<Row>;
}

const padding = { comfortable: "px-3 py-2.5", compact: "px-3 py-1" } as const;

export function TableGrid<Row>(props: TableBodyProps<Row>) {
	const { label, rowActions, view } = props;
	return (
		<div className="relative max-h-[calc(100dvh-16.5rem)] overflow-auto border-line border-t">
			<table className="w-full border-separate border-spacing-0">
				<caption className="sr-only">{label}</caption>
				<thead>
					<tr>
						{view.shown.map((column) => (
							<HeadCell key={column.id} column={column} view={view} />
						))}
						{rowActions !== undefined && (
							<th scope="col" className={headStyle}>
								<span className="sr-only">Actions</span>
							</th>
						)}
					</tr>
				</thead>
				<Rows {...props} />
			</table>
		</div>
	);
}

function Rows<Row>(props: TableBodyProps<Row>) {
	const { rowKey, onOpen, isOpenable = () => true, rowActions, openKey, view } = props;
	const open = (row: Row) => {
		if (isOpenable(row)) onOpen?.(row);
	};
	const openAt = (index: number) => {
		const row = view.sorted[index];
		if (row !== undefined) open(row);
	};
	const keys = useRowKeys(onOpen === undefined ? undefined : openAt);
	return (
		<tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
			{view.sorted.map((row, index) => {
				const key = rowKey(row);
				return (
					<tr
						key={key}
						tabIndex={index === 0 ? 0 : -1}
						aria-selected={openKey === undefined ? undefined : key === openKey}
						onClick={(event) => {
							if (isOwnClick(event.target)) open(row);
						}}
						className={classNames(
							"group last:*:border-b-0 hover:bg-sunken focus-visible:-outline-offset-2 dark:hover:bg-raised",
							onOpen !== undefined && isOpenable(row) && "cursor-pointer",
							key === openKey && "bg-accent-soft",
						)}
					>
						{view.shown.map((column) => (
							<td
								key={column.id}
								className={classNames(
									"border-line border-b",
									padding[view.density],
									column.align === "right" && "text-right",
								)}
							>
								{column.cell(row)}
							</td>
						))}
						{rowActions !== undefined && (
							<td className={classNames("border-line border-b text-right", padding[view.density])}>
								{rowActions(row)}
							</td>
						)}
					</tr>
				);
			})}
		</tbody>
	);
}

const headStyle =
	"sticky top-0 z-10 whitespace-nowrap border-line border-b bg-surface px-3 py-2 text-left font-medium text-muted text-xs";

interface HeadCellProps<Row> {
	readonly column: Column<Row>;
	readonly view: TableView<Row>;
}

function HeadCell<Row>({ column, view }: HeadCellProps<Row>) {
	const isSorted = view.sort?.column === column.id;
	const isRight = column.align === "right";
	const look = classNames(headStyle, isRight && "text-right");
	if (column.sortBy === undefined) {
		return (
			<th scope="col" className={look}>
				{column.header}
			</th>
		);
	}
	return (
		<th scope="col" aria-sort={isSorted ? view.sort?.direction : "none"} className={look}>
			<button
				type="button"
				onClick={() => view.toggleSort(column.id)}
				className={classNames(
					// Not inline: on a baseline, icon and text would stand off the headers without a button.
					"flex items-center gap-1 rounded hover:text-ink",
					isRight && "ml-auto flex-row-reverse",
					isSorted && "text-ink",
				)}
			>
				{column.header}
				<SortIcon direction={isSorted ? view.sort?.direction : undefined} />
			</button>
		</th>
	);
}

function SortIcon({ direction }: { readonly direction: "ascending" | "descending" | undefined }) {
	const look = "size-3 shrink-0";
	if (direction === "ascending") return <ArrowUp aria-hidden="true" className={look} />;
	if (direction === "descending") return <ArrowDown aria-hidden="true" className={look} />;
	return <ChevronsUpDown aria-hidden="true" className={classNames(look, "opacity-50")} />;
}

/** Buttons, links and marked text in a row are used for themselves. */
function isOwnClick(target: EventTarget): boolean {
	if (!(target instanceof Element)) return false;
	if (target.closest("a, button, input, label, [role=menuitem], [role=dialog]") !== null)
		return false;
	return window.getSelection()?.isCollapsed !== false;
}
