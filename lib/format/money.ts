/**
 * Micro-dollars as dollars. Small sums keep two significant digits instead of turning into zero:
 * 1,200 is `$0.0012`, 1,234,560,000 is `$1,234.56`.
 */
export function formatMoney(microUsd: number): string {
	const dollars = microUsd / 1_000_000;
	const size = Math.abs(dollars);
	if (size === 0) return "$0.00";
	if (size >= 0.1) return signed(dollars, withDecimals(size, 2));
	const decimals = Math.min(6, 1 - Math.floor(Math.log10(size)));
	return signed(dollars, trimZeros(withDecimals(size, Math.max(2, decimals))));
}

/** For chart axes and tiles: `$1.2k`, `$3.4M`. */
export function formatMoneyCompact(microUsd: number): string {
	const dollars = microUsd / 1_000_000;
	if (Math.abs(dollars) < 1000) return formatMoney(microUsd);
	const text = new Intl.NumberFormat("en-US", {
		notation: "compact",
		maximumFractionDigits: 1,
	}).format(Math.abs(dollars));
	return signed(dollars, text.replace("K", "k"));
}

function withDecimals(value: number, decimals: number): string {
	return new Intl.NumberFormat("en-US", {
		minimumFractionDigits: decimals,
		maximumFractionDigits: decimals,
	}).format(value);
}

/** Drops zeros after the second decimal. */
function trimZeros(text: string): string {
	return text.replace(/(\.\d\d\d*?)0+$/, "$1");
}

function signed(value: number, text: string): string {
	return `${value < 0 ? "−" : ""}$${text}`;
}
