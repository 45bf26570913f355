/** A piece of a text; UTF-16 offsets, end-exclusive. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** The index of the first of `spans` (sorted, not overlapping) that ends after `at`. */
export function firstEndingAfter(spans: readonly Span[], at: number): number {
	let low = 0;
	let high = spans.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((spans[middle]?.end ?? 0) > at) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Whether a span overlaps any of `spans` (sorted, not overlapping). */
export function touchesAny(spans: readonly Span[], { start, end }: Span): boolean {
	const next = spans[firstEndingAfter(spans, start)];
	return next !== undefined && next.start < end;
}
