import type { Registry } from "prom-client";
import { AggregatorRegistry } from "prom-client";

/** Everything that one process has measured, as data. */
export type MetricsReport = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

/** What came of asking the workers, by process id; undefined: it lives and did not answer in time. */
export type WorkerReports = ReadonlyMap<number, MetricsReport | undefined>;

export interface MachineMetrics {
	/** Prometheus text over all processes: `own` and those of the workers. */
	readonly render: (own: MetricsReport, workers: WorkerReports) => Promise<string>;
	/** A worker is no more; what it had counted stays counted. */
	readonly retire: (pid: number) => void;
}

/**
 * Adds up the processes of this machine. Sums of counters must never fall: Prometheus would take that
 * for a restart and count everything again. So a silent worker is in with the counters that it last
 * told, and one that ended stays in with them for good; its gauges are left out.
 */
export function createMachineMetrics({ workers }: { readonly workers: number }): MachineMetrics {
	const lastOf = new Map<number, MetricsReport>();
	let departed: MetricsReport = [];
	let retired: MetricsReport[] = [];

	const mergeRetired = async () => {
		const merging = [departed, ...retired];
		if (merging.length === 1) return;
		retired = [];
		departed = await AggregatorRegistry.aggregate(merging).getMetricsAsJSON();
	};
	return {
		render: async (own, reports) => {
			await mergeRetired();
			const answered: MetricsReport[] = [];
			for (const [pid, report] of reports) {
				if (report !== undefined) {
					lastOf.set(pid, report);
					answered.push(report);
				} else answered.push(totalsOf(lastOf.get(pid) ?? []));
			}
			const silent = [...reports.values()].filter((report) => report === undefined).length;
			const about = [
				gauge("llmproxy_workers", "Gateway processes of this machine.", workers),
				gauge(
					"llmproxy_workers_silent",
					"Gateway processes that did not tell their metrics in time; their last counters are in.",
					silent + Math.max(0, workers - reports.size),
				),
			];
			return AggregatorRegistry.aggregate([own, ...answered, departed, about]).metrics();
		},
		retire: (pid) => {
			const last = lastOf.get(pid);
			lastOf.delete(pid);
			if (last !== undefined) retired.push(totalsOf(last));
		},
	};
}

/** What only ever grows. */
function totalsOf(report: MetricsReport): MetricsReport {
	// The library's type takes the kind for a number; it is a word.
	return report.filter(({ type }) => ["counter", "histogram"].includes(String(type)));
}

function gauge(name: string, help: string, value: number): MetricsReport[number] {
	const described = {
		name,
		help,
		type: "gauge",
		aggregator: "sum",
		values: [{ value, labels: {} }],
	};
	// As above.
	return described as unknown as MetricsReport[number];
}
