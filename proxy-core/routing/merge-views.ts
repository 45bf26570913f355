import type { SeriesView } from "./latency-series.ts";
import type { Standing, TargetView } from "./target-board.ts";

const worseAvailability = { available: 0, cooling: 1, open: 2 } as const;
const worseBreaker = { closed: 0, "half-open": 1, open: 2 } as const;

/**
 * One view of a target from those of several processes: loads are added, shares and times are weighed by
 * the requests behind them, of states the worst counts, of errors and checks the latest. Undefined when
 * no process has anything to tell.
 */
export function mergeViews(views: readonly TargetView[]): TargetView | undefined {
	const [first, ...rest] = views;
	if (first === undefined || rest.length === 0) return first;
	const weigh = (read: (view: TargetView) => number | undefined) =>
		weighted(views.map((view) => ({ value: read(view), weight: requestsOf(view.series) })));
	return {
		availability: worst(views, ({ availability }) => worseAvailability[availability]).availability,
		breaker: worst(views, ({ breaker }) => worseBreaker[breaker]).breaker,
		inFlight: sum(views, ({ inFlight }) => inFlight),
		probes: sum(views, ({ probes }) => probes),
		failures: Math.max(...views.map(({ failures }) => failures)),
		success: weigh(({ success }) => success) ?? 1,
		latencyMs: weigh(({ latencyMs }) => latencyMs),
		openUntilMs: latest(views.map(({ openUntilMs }) => openUntilMs)),
		coolingUntilMs: latest(views.map(({ coolingUntilMs }) => coolingUntilMs)),
		lastError: newest(views.map(({ lastError }) => lastError)),
		lastCheck: newest(views.map(({ lastCheck }) => lastCheck)),
		series: mergeSeries(views.flatMap(({ series }) => series ?? [])),
	};
}

function sum(views: readonly TargetView[], read: (view: TargetView) => number): number {
	return views.reduce((total, view) => total + read(view), 0);
}

function worst<Of extends Standing>(views: readonly Of[], badness: (view: Of) => number): Of {
	return views.reduce((found, view) => (badness(view) > badness(found) ? view : found));
}

function latest(times: readonly (number | undefined)[]): number | undefined {
	const known = times.filter((time) => time !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

function newest<Event extends { readonly atMs: number }>(
	events: readonly (Event | undefined)[],
): Event | undefined {
	return events
		.filter((event) => event !== undefined)
		.reduce<Event | undefined>(
			(found, event) => (found === undefined || event.atMs > found.atMs ? event : found),
			undefined,
		);
}

interface Weighed {
	readonly value: number | undefined;
	readonly weight: number;
}

/** Values that nothing stands behind count only among themselves. */
function weighted(entries: readonly Weighed[]): number | undefined {
	const known = entries.flatMap(({ value, weight }) =>
		value === undefined ? [] : { value, weight },
	);
	const total = known.reduce((all, { weight }) => all + weight, 0);
	if (known.length === 0) return undefined;
	if (total === 0) return known.reduce((all, { value }) => all + value, 0) / known.length;
	return known.reduce((all, { value, weight }) => all + value * weight, 0) / total;
}

function requestsOf(series: SeriesView | undefined): number {
	return series?.requests.reduce((total, count) => total + count, 0) ?? 0;
}

/** Clocks may have moved on by a slice between two reports; slices meet by their time. */
function mergeSeries(all: readonly SeriesView[]): SeriesView | undefined {
	const [first, ...rest] = all;
	if (first === undefined || rest.length === 0) return first;
	const { stepMs } = first;
	const fromMs = Math.max(...all.map((series) => series.fromMs));
	const slices = first.requests.map((_, index) =>
		all.map((series) => {
			const place = index + Math.round((fromMs - series.fromMs) / stepMs);
			const requests = series.requests[place] ?? 0;
			const failures = series.failures[place] ?? 0;
			return { requests, failures, latencyMs: series.latencyMs[place] ?? undefined };
		}),
	);
	return {
		fromMs,
		stepMs,
		requests: slices.map((slice) => slice.reduce((total, { requests }) => total + requests, 0)),
		failures: slices.map((slice) => slice.reduce((total, { failures }) => total + failures, 0)),
		latencyMs: slices.map((slice) => {
			const mean = weighted(
				slice.map(({ requests, failures, latencyMs }) => ({
					value: latencyMs,
					weight: requests - failures,
				})),
			);
			return mean === undefined ? null : Math.round(mean);
		}),
	};
}
