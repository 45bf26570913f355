/** The value that `share` (0 to 1) of the values do not exceed, by nearest rank. NaN for none. */
export function percentile(values: readonly number[], share: number): number {
	if (values.length === 0) return Number.NaN;
	const sorted = Float64Array.from(values).sort();
	return (
		sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ??
		Number.NaN
	);
}

export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

export interface Flatness {
	readonly secondQuarterMb: number;
	readonly lastQuarterMb: number;
	readonly isFlat: boolean;
}

/** Memory is flat when the last quarter's median is within a tenth of the second quarter's; the first is growth to working size. */
export function flatness(samplesMb: readonly number[]): Flatness {
	const quarter = Math.floor(samplesMb.length / 4);
	const secondQuarterMb = median(samplesMb.slice(quarter, 2 * quarter));
	const lastQuarterMb = median(samplesMb.slice(-quarter));
	return { secondQuarterMb, lastQuarterMb, isFlat: lastQuarterMb <= secondQuarterMb * 1.1 };
}
