"use client";

import { ChevronRight } from "lucide-react";
import type { TableBodyProps } from "./table-grid.tsx";

/** The same facts as the table, one card a row, for phones. */
export function TableCards<Row>(props: TableBodyProps<Row>) {
	const { label, rowKey, onOpen, isOpenable = () => true, rowActions, view } = props;
	const title = view.shown.find((column) => column.isPrimary === true) ?? view.shown[0];
	const facts = view.shown.filter((column) => column !== title);
	return (
		<ul aria-label={label} className="border-line border-t">
			{view.sorted.map((row) => (
				<li key={rowKey(row)} className="border-line border-b px-4 py-3 last:border-b-0">
					<div className="flex items-start justify-between gap-3">
						{onOpen === undefined || !isOpenable(row) ? (
							<div className="min-w-0 font-medium">{title?.cell(row)}</div>
						) : (
							<button
								type="button"
								onClick={() => onOpen(row)}
								className="flex min-w-0 grow items-center justify-between gap-1 text-left font-medium"
							>
								<span className="min-w-0">{title?.cell(row)}</span>
								<ChevronRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
							</button>
						)}
						{rowActions?.(row)}
					</div>
					<dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1.5">
						{facts.map((column) => (
							<div key={column.id} className="min-w-0">
								<dt className="text-faint text-xs">{column.header}</dt>
								<dd className="min-w-0 break-words">{column.cell(row)}</dd>
							</div>
						))}
					</dl>
				</li>
			))}
		</ul>
	);
}
