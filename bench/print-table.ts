/** Rows of figures with one decimal, a column for each size or kind. */
export function printTable(
	title: string,
	columns: readonly (readonly [string, ReadonlyMap<string, number>])[],
): void {
	const names = [...new Set(columns.flatMap(([, rows]) => [...rows.keys()]))];
	const width = Math.max(...names.map(({ length }) => length)) + 2;
	console.log(
		`\n${title}\n${" ".repeat(width)}${columns.map(([name]) => name.padStart(10)).join("")}`,
	);
	for (const name of names) {
		const cells = columns.map(([, rows]) => (rows.get(name)?.toFixed(1) ?? "").padStart(10));
		console.log(name.padEnd(width) + cells.join(""));
	}
}
