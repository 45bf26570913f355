/** `1,234` in full. */
export function formatCount(value: number): string {
	return new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 }).format(value);
}

/** `12.3k`, `4.5M`: for axes and tiles. */
export function formatCompact(value: number): string {
	if (Math.abs(value) < 10_000) return formatCount(value);
	return new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 })
		.format(value)
		.replace("K", "k");
}

/** A share between 0 and 1 as `4.2 %`; tiny shares are not rounded away to zero. */
export function formatShare(share: number): string {
	const percent = share * 100;
	if (percent > 0 && percent < 0.1) return "< 0.1 %";
	const decimals = Math.abs(percent) < 10 && !Number.isInteger(percent) ? 1 : 0;
	return `${percent.toFixed(decimals)} %`;
}

/** Milliseconds in the unit people read easiest: `0.42 ms`, `38 ms`, `1.24 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
	if (ms < 10) return `${Number(ms.toFixed(2))} ms`;
	if (ms < 1000) return `${Math.round(ms)} ms`;
	if (ms < 60_000) return `${Number((ms / 1000).toFixed(2))} s`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 3600) return joinUnits([Math.floor(seconds / 60), "min"], [seconds % 60, "s"]);
	const minutes = Math.round(seconds / 60);
	return joinUnits([Math.floor(minutes / 60), "h"], [minutes % 60, "min"]);
}

/** Bytes in binary units: `512 B`, `20 MiB`. */
export function formatBytes(bytes: number): string {
	const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit += 1;
	}
	return `${Number(value.toFixed(1))} ${units[unit]}`;
}

/** `1 key`, `2 keys`. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
	return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function joinUnits(...parts: [number, string][]): string {
	const shown = parts.filter(([value], index) => index === 0 || value > 0);
	return shown.map(([value, unit]) => `${value} ${unit}`).join(" ");
}

/** The length of a chart's steps: `per minute`, `per 5 min`, `per hour`, `per day`. */
export function describeStep(seconds: number): string {
	if (seconds % 86_400 === 0) return perUnit(seconds / 86_400, "day", "d");
	if (seconds % 3600 === 0) return perUnit(seconds / 3600, "hour", "h");
	if (seconds % 60 === 0) return perUnit(seconds / 60, "minute", "min");
	return perUnit(seconds, "second", "s");
}

function perUnit(count: number, one: string, short: string): string {
	return count === 1 ? `per ${one}` : `per ${count} ${short}`;
}
