import type { ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";

export interface PlainColumn<Row> {
	readonly header: string;
	readonly cell: (row: Row) => ReactNode;
	readonly isNumber?: boolean;
}

interface PlainTableProps<Row> {
	readonly label: string;
	readonly columns: readonly PlainColumn<Row>[];
	readonly rows: readonly Row[];
}

/** A few rows that belong to one request: nothing to sort, page or export. */
export function PlainTable<Row>({ label, columns, rows }: PlainTableProps<Row>) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
		<section className="overflow-x-auto" aria-label={label} tabIndex={0}>
			<table className="w-full">
				<thead>
					<tr>
						{columns.map(({ header, isNumber = false }) => (
							<th
								key={header}
								scope="col"
								className={classNames(
									"whitespace-nowrap border-line border-b px-4 py-1.5 text-left font-medium text-muted text-xs",
									isNumber && "text-right",
								)}
							>
								{header}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: the rows of a settled request never change.
						<tr key={index} className="border-line border-b last:border-b-0">
							{columns.map(({ header, cell, isNumber = false }) => (
								<td key={header} className={classNames("px-4 py-2", isNumber && "text-right")}>
									{cell(row)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
