/** An SVG path through the values, scaled to the box with zero at its foot. Empty with fewer than two values. */
export function sparklinePath(
	values: readonly number[],
	box: { readonly width: number; readonly height: number },
): string {
	if (values.length < 2) return "";
	const top = Math.max(...values, 0);
	const inset = 1.5;
	const x = (index: number) => (index / (values.length - 1)) * box.width;
	const y = (value: number) =>
		top === 0
			? box.height - inset
			: box.height - inset - (Math.max(0, value) / top) * (box.height - 2 * inset);
	return values
		.map((value, index) => `${index === 0 ? "M" : "L"}${round(x(index))} ${round(y(value))}`)
		.join("");
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
