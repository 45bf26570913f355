import type { Metric, Registry } from "prom-client";

/** One number that is exposed under one combination of labels; absent until something was counted. */
export interface Count {
	value: number | undefined;
}

/** How often values fell into each bucket (the last one has no bound), and their sum. */
export interface Distribution {
	readonly bounds: readonly number[];
	readonly counts: number[];
	sum: number;
}

interface Description {
	readonly name: string;
	readonly help: string;
	readonly labelNames: readonly string[];
}

interface Sample {
	readonly metricName?: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

/**
 * Counters whose children are plain objects that the request path adds to. The library's own check,
 * sort and join the labels at every call, which costs more than all that is counted; it still renders.
 */
export function createCounts(
	registry: Registry,
	description: Description,
): (...labels: string[]) => Count {
	const series = createSeries<Count>(description, () => ({ value: undefined }));
	const read = () =>
		series.all().flatMap(({ labels, child: { value } }) => {
			return value === undefined ? [] : { labels, value };
		});
	expose(registry, { ...description, type: "counter", read });
	return series.child;
}

export function add(count: Count, amount: number): void {
	count.value = (count.value ?? 0) + amount;
}

/** Histograms kept the same way. `bounds` ascend. */
export function createDistributions(
	registry: Registry,
	description: Description & { readonly bounds: readonly number[] },
): (...labels: string[]) => Distribution {
	const { bounds, name } = description;
	const series = createSeries<Distribution>(description, () => ({
		bounds,
		counts: Array.from({ length: bounds.length + 1 }, () => 0),
		sum: 0,
	}));
	const read = () => series.all().flatMap(({ labels, child }) => samplesOf(name, labels, child));
	expose(registry, { ...description, type: "histogram", read });
	return series.child;
}

export function observe(distribution: Distribution, value: number): void {
	const { bounds, counts } = distribution;
	let index = 0;
	while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
	counts[index] = (counts[index] ?? 0) + 1;
	distribution.sum += value;
}

/** Prometheus counts upwards: each bucket includes all smaller ones. */
function samplesOf(
	name: string,
	labels: Readonly<Record<string, string>>,
	{ bounds, counts, sum }: Distribution,
): readonly Sample[] {
	let total = 0;
	const buckets = counts.map((inBucket, index) => {
		total += inBucket;
		const le = bounds[index] === undefined ? "+Inf" : String(bounds[index]);
		return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: total };
	});
	if (total === 0) return [];
	return [
		...buckets,
		{ metricName: `${name}_sum`, labels, value: sum },
		{ metricName: `${name}_count`, labels, value: total },
	];
}

interface Series<Child> {
	readonly child: (...labels: string[]) => Child;
	readonly all: () => readonly {
		readonly labels: Readonly<Record<string, string>>;
		readonly child: Child;
	}[];
}

function createSeries<Child>({ labelNames }: Description, make: () => Child): Series<Child> {
	const known = new Map<
		string,
		{ readonly labels: Record<string, string>; readonly child: Child }
	>();
	return {
		all: () => [...known.values()],
		child: (...values) => {
			const id = values.join("\n");
			const found = known.get(id);
			if (found !== undefined) return found.child;
			const labels = Object.fromEntries(
				labelNames.map((label, index) => [label, values[index] ?? ""]),
			);
			const made = { labels, child: make() };
			known.set(id, made);
			return made.child;
		},
	};
}

interface Exposed {
	readonly name: string;
	readonly help: string;
	readonly type: "counter" | "histogram";
	readonly read: () => readonly Sample[];
}

function expose(registry: Registry, { name, help, type, read }: Exposed): void {
	// Read when several processes are added up.
	const aggregator = "sum";
	const get = async () => ({ name, help, type, values: read(), aggregator });
	const metric = { name, help, type, aggregator, get };
	// The registry asks its metrics for nothing else; the library's type wants one of its own classes.
	registry.registerMetric(metric as unknown as Metric);
}
