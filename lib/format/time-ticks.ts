const minuteMs = 60_000;
const stepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 7200, 14_400].map(
	(minutes) => minutes * minuteMs,
);

/**
 * Round moments between two others for the ticks of a time axis, at most `max` of them: full hours
 * and days as a clock in that zone shows them. `offsetMs` is what local time is ahead of UTC.
 */
export function timeTicks(
	from: number,
	to: number,
	options: { readonly max: number; readonly offsetMs: number },
): readonly number[] {
	const span = to - from;
	if (span <= 0) return [from];
	const step = stepsMs.find((candidate) => span / candidate <= options.max) ?? span / options.max;
	const first = Math.ceil((from + options.offsetMs) / step) * step - options.offsetMs;
	const count = Math.max(0, Math.floor((to - first) / step) + 1);
	return Array.from({ length: count }, (_, index) => first + index * step);
}
