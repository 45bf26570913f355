/** What happened in each of the last ten minutes' slices of ten seconds, oldest first. */
export interface SeriesView {
	/** Epoch milliseconds at which the first slice begins. */
	readonly fromMs: number;
	readonly stepMs: number;
	readonly requests: readonly number[];
	readonly failures: readonly number[];
	/** Mean time to the first byte; null without an answer in the slice. */
	readonly latencyMs: readonly (number | null)[];
}

export interface LatencySeries {
	readonly answered: (latencyMs: number, now: number) => void;
	readonly failed: (now: number) => void;
	readonly view: (now: number) => SeriesView;
}

const stepMs = 10_000;
const slices = 60;

interface Slice {
	/** Number of the slice since the epoch; tells whether this place holds an older round. */
	index: number;
	answers: number;
	failures: number;
	latencySum: number;
}

export function createLatencySeries(): LatencySeries {
	const ring: (Slice | undefined)[] = [];
	const sliceAt = (now: number): Slice => {
		const index = Math.floor(now / stepMs);
		const place = index % slices;
		const found = ring[place];
		if (found?.index === index) return found;
		const fresh = { index, answers: 0, failures: 0, latencySum: 0 };
		ring[place] = fresh;
		return fresh;
	};
	return {
		answered: (latencyMs, now) => {
			const slice = sliceAt(now);
			slice.answers++;
			slice.latencySum += latencyMs;
		},
		failed: (now) => {
			sliceAt(now).failures++;
		},
		view: (now) => {
			const first = Math.floor(now / stepMs) - slices + 1;
			const found = Array.from({ length: slices }, (_, offset) => {
				const slice = ring[(first + offset) % slices];
				return slice?.index === first + offset ? slice : undefined;
			});
			return {
				fromMs: first * stepMs,
				stepMs,
				requests: found.map((slice) => (slice === undefined ? 0 : slice.answers + slice.failures)),
				failures: found.map((slice) => slice?.failures ?? 0),
				latencyMs: found.map((slice) =>
					slice === undefined || slice.answers === 0
						? null
						: Math.round(slice.latencySum / slice.answers),
				),
			};
		},
	};
}
