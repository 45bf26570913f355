export interface SortChoice {
	readonly column: string;
	readonly direction: "ascending" | "descending";
}

export type SortValue = string | number | null;

/** Sorts a copy. Numbers by size, texts by language with their numbers in order, nothing always last. */
export function sortRows<Row>(
	rows: readonly Row[],
	keyOf: (row: Row) => SortValue,
	direction: SortChoice["direction"],
): readonly Row[] {
	const sign = direction === "ascending" ? 1 : -1;
	const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
	return rows.toSorted((left, right) => {
		const [a, b] = [keyOf(left), keyOf(right)];
		if (a === null || b === null) return Number(a === null) - Number(b === null);
		if (typeof a === "number" && typeof b === "number") return sign * (a - b);
		return sign * collator.compare(String(a), String(b));
	});
}

/** First ascending, then descending, then as it came. */
export function nextSort(current: SortChoice | undefined, column: string): SortChoice | undefined {
	if (current?.column !== column) return { column, direction: "ascending" };
	return current.direction === "ascending" ? { column, direction: "descending" } : undefined;
}
