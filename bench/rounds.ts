import type { Contestant, ContestantName } from "./contestants.ts";
import type { LoadReport } from "./load.ts";
import { runLoad } from "./load.ts";
import { cpuSeconds } from "./process-usage.ts";
import { median, percentile } from "./statistics.ts";
import { modelName } from "./workload.ts";

export interface Scenario {
	readonly name: string;
	readonly isStreaming: boolean;
	readonly concurrency: number;
}

export const scenarios: readonly Scenario[] = [
	{ name: "JSON, 1 at a time", isStreaming: false, concurrency: 1 },
	{ name: "JSON, 10 at a time", isStreaming: false, concurrency: 10 },
	{ name: "JSON, 64 at a time", isStreaming: false, concurrency: 64 },
	{ name: "SSE with 50 chunks, 10 at a time", isStreaming: true, concurrency: 10 },
	{ name: "SSE with 50 chunks, 64 at a time", isStreaming: true, concurrency: 64 },
];

/** One contestant in one scenario: medians over the rounds. Latencies in milliseconds. */
export interface Cell {
	readonly scenario: string;
	readonly contestant: ContestantName;
	readonly requestsPerSecond: number;
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	/** Until the first byte of the body. */
	readonly firstByteP50: number;
	readonly cpuSecondsPer1000: number | null;
	readonly failures: Readonly<Record<string, number>>;
	readonly rounds: readonly { readonly requestsPerSecond: number; readonly p50: number }[];
}

export interface RoundOptions {
	readonly rounds: number;
	readonly warmUpMs: number;
	readonly durationMs: number;
}

/** No cell makes more requests than this, however fast the machine. */
const requestsPerCellMax = 500_000;

interface Sample {
	readonly report: LoadReport;
	readonly cpuSecondsPer1000: number | undefined;
}

/**
 * Rounds are interleaved: everyone is measured once before anyone is measured again, so that a machine
 * that slows down or speeds up does so for all.
 */
export async function measure(
	contestants: readonly Contestant[],
	options: RoundOptions,
	answered: (contestant: ContestantName, count: number) => void,
): Promise<readonly Cell[]> {
	const samples = new Map<string, Sample[]>();
	for (let round = 1; round <= options.rounds; round += 1) {
		console.log(`Round ${round} of ${options.rounds} …`);
		for (const scenario of scenarios) {
			for (const contestant of contestants) {
				const sample = await measureOnce(contestant, scenario, options);
				answered(contestant.name, sample.report.answered);
				const id = `${scenario.name}|${contestant.name}`;
				samples.set(id, [...(samples.get(id) ?? []), sample]);
			}
		}
	}
	return scenarios.flatMap((scenario) =>
		contestants.map((contestant) =>
			toCell(scenario, contestant.name, samples.get(`${scenario.name}|${contestant.name}`) ?? []),
		),
	);
}

async function measureOnce(
	contestant: Contestant,
	scenario: Scenario,
	options: RoundOptions,
): Promise<Sample> {
	const before = cpuSeconds(contestant.pid);
	const report = await runLoad({
		origin: contestant.origin,
		path: contestant.path,
		headers: contestant.headers,
		model: contestant.modelPrefix + modelName,
		isStreaming: scenario.isStreaming,
		concurrency: scenario.concurrency,
		warmUpMs: options.warmUpMs,
		durationMs: options.durationMs,
		requestsMax: requestsPerCellMax,
	});
	const after = cpuSeconds(contestant.pid);
	const hasCpu = before !== undefined && after !== undefined && report.answered > 0;
	return {
		report,
		cpuSecondsPer1000: hasCpu ? ((after - before) / report.answered) * 1000 : undefined,
	};
}

function toCell(scenario: Scenario, contestant: ContestantName, samples: readonly Sample[]): Cell {
	const rounds = samples.map(({ report }) => ({
		requestsPerSecond: (report.measured / report.measuredMs) * 1000,
		p50: percentile(report.latenciesMs, 0.5),
	}));
	const over = (pick: (report: LoadReport) => number): number =>
		median(samples.map(({ report }) => pick(report)));
	const cpu = samples.flatMap(({ cpuSecondsPer1000 }) => cpuSecondsPer1000 ?? []);
	const failures: Record<string, number> = {};
	for (const { report } of samples) {
		for (const [reason, count] of Object.entries(report.failures))
			failures[reason] = (failures[reason] ?? 0) + count;
	}
	return {
		scenario: scenario.name,
		contestant,
		requestsPerSecond: median(rounds.map(({ requestsPerSecond }) => requestsPerSecond)),
		p50: over(({ latenciesMs }) => percentile(latenciesMs, 0.5)),
		p95: over(({ latenciesMs }) => percentile(latenciesMs, 0.95)),
		p99: over(({ latenciesMs }) => percentile(latenciesMs, 0.99)),
		firstByteP50: over(({ firstBytesMs }) => percentile(firstBytesMs, 0.5)),
		cpuSecondsPer1000: cpu.length === 0 ? null : median(cpu),
		failures,
		rounds,
	};
}
