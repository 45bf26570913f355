"use client";

import { ChartNoAxesColumn, Table2 } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import type { ChartTable, Series } from "../../lib/format/chart-points.ts";
import type { EmptyStateProps } from "../ui/empty-state.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";

interface ChartFrameProps {
	readonly title: string;
	/** What is counted and in which unit: "requests per 5 min". */
	readonly unit: string;
	/** Left out for a single series, which the title names. */
	readonly legend?: readonly Series[];
	/** From `toTable`. */
	readonly table: ChartTable;
	readonly isEmpty: boolean;
	readonly empty: EmptyStateProps;
	readonly actions?: ReactNode;
	readonly children: ReactNode;
}

export function ChartFrame(props: ChartFrameProps) {
	const { title, unit, legend = [], table, isEmpty, empty, actions, children } = props;
	const [isTable, setIsTable] = useState(false);
	const toggle = isEmpty ? undefined : (
		<IconButton
			size="small"
			label={isTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
			tooltip={isTable ? "Show the chart" : "Show as a table"}
			icon={isTable ? <ChartNoAxesColumn aria-hidden="true" /> : <Table2 aria-hidden="true" />}
			onClick={() => setIsTable(!isTable)}
		/>
	);
	return (
		<Panel
			title={title}
			description={unit}
			actions={
				<>
					{actions}
					{toggle}
				</>
			}
		>
			{isEmpty && <EmptyState {...empty} />}
			{!isEmpty && isTable && <TableView title={title} table={table} />}
			{!isEmpty && !isTable && (
				<figure aria-label={`${title}, ${unit}`}>
					{children}
					{legend.length > 0 && <Legend series={legend} />}
				</figure>
			)}
		</Panel>
	);
}

function Legend({ series }: { readonly series: readonly Series[] }) {
	return (
		<ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
			{series.map((one) => (
				<li key={one.id} className="flex items-center gap-1.5 text-muted text-xs">
					<span
						aria-hidden="true"
						className="size-2.5 rounded-sm"
						style={{ background: one.color }}
					/>
					{one.label}
				</li>
			))}
		</ul>
	);
}

interface TableViewProps {
	readonly title: string;
	readonly table: ChartTable;
}

function TableView({ title, table }: TableViewProps) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
		<div className="max-h-64 overflow-auto rounded-md border border-line" tabIndex={0}>
			<table className="w-full border-separate border-spacing-0 text-sm">
				<caption className="sr-only">{title}</caption>
				<thead>
					<tr>
						{table.headers.map((header, column) => (
							<th
								key={header}
								scope="col"
								className={`sticky top-0 border-line border-b bg-surface px-3 py-1.5 font-medium text-muted text-xs ${column === 0 ? "text-left" : "text-right"}`}
							>
								{header}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{table.rows.map((row) => (
						<tr key={row[0]}>
							{row.map((cell, column) => (
								<td
									key={table.headers[column]}
									className={`border-line border-b px-3 py-1 ${column === 0 ? "whitespace-nowrap text-left" : "text-right"}`}
								>
									{cell}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
