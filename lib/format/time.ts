const steps: readonly (readonly [limitSeconds: number, unitSeconds: number, unit: string])[] = [
	[60, 1, "s"],
	[3600, 60, "min"],
	[86_400, 3600, "h"],
	[2_592_000, 86_400, "d"],
];

/** `now`, `12 s ago`, `in 3 h`; a date once it is more than 30 days away. */
export function formatRelative(at: Date, now: Date): string {
	const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
	const distance = Math.abs(seconds);
	if (distance < 5) return "now";
	const step = steps.find(([limit]) => distance < limit);
	if (step === undefined) return formatDate(at);
	const text = `${Math.floor(distance / step[1])} ${step[2]}`;
	return seconds < 0 ? `in ${text}` : `${text} ago`;
}

/** `2026-03-04 05:06:07 GMT+1`, in the given zone or else the reader's. */
export function formatAbsolute(at: Date, timeZone?: string): string {
	const parts = partsOf(at, {
		...dateFields,
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hourCycle: "h23",
		timeZoneName: "short",
		...zone(timeZone),
	});
	return `${parts["year"]}-${parts["month"]}-${parts["day"]} ${parts["hour"]}:${parts["minute"]}:${parts["second"]} ${parts["timeZoneName"]}`;
}

/** `2026-03-04`. */
export function formatDate(at: Date, timeZone?: string): string {
	const parts = partsOf(at, { ...dateFields, ...zone(timeZone) });
	return `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
}

/** A tick of a time axis: the clock for short spans, the day for long ones. */
export function formatTick(at: Date, spanMs: number, timeZone?: string): string {
	const isLong = spanMs > 2 * 86_400_000;
	return new Intl.DateTimeFormat("en-GB", {
		...(isLong
			? { day: "numeric", month: "short" }
			: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
		...zone(timeZone),
	}).format(at);
}

const dateFields = { year: "numeric", month: "2-digit", day: "2-digit" } as const;

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
	return timeZone === undefined ? {} : { timeZone };
}

function partsOf(at: Date, options: Intl.DateTimeFormatOptions): Readonly<Record<string, string>> {
	const parts = new Intl.DateTimeFormat("en-GB", options).formatToParts(at);
	return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}
