import type { Contestant, ContestantName } from "./contestants.ts";
import type { LoadReport } from "./load.ts";
import { runLoad } from "./load.ts";
import { cpuSeconds } from "./process-usage.ts";
import type { Scenario } from "./scenarios.ts";
import { median, percentile } from "./statistics.ts";
import { untilQuiet } from "./until-quiet.ts";
import { modelName } from "./workload/texts.ts";

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
	readonly scenarios: readonly Scenario[];
	readonly rounds: number;
	/**
	 * Load on everyone before the first round, and a third of it in streams, so that nobody is measured half
	 * compiled: a gateway takes some ten thousand requests to be compiled well.
	 */
	readonly heatMs: number;
	readonly warmUpMs: number;
	readonly durationMs: number;
}

const heat: Scenario = {
	name: "warm-up",
	api: "chat",
	promptSize: "short",
	isStreaming: false,
	isRepeating: false,
	concurrency: 10,
};

/** No cell makes more requests than this, however fast the machine. */
const requestsPerCellMax = 500_000;

interface Sample {
	readonly report: LoadReport;
	readonly cpuSecondsPer1000: number | undefined;
}

/**
 * Rounds are interleaved: everyone is measured once before anyone is measured again, so that a machine
 * that slows down or speeds up does so for all. Every other round goes backwards, and everyone waits
 * until the one before has tidied up.
 */
export async function measure(
	contestants: readonly Contestant[],
	options: RoundOptions,
	answered: (contestant: ContestantName, count: number) => void,
): Promise<readonly Cell[]> {
	const { scenarios, rounds, heatMs } = options;
	const samples = new Map<string, Sample[]>();
	console.log("Warming up …");
	for (const contestant of contestants) {
		for (const isStreaming of [false, true]) {
			const { report } = await measureOnce(
				contestant,
				{ ...heat, isStreaming },
				{ ...options, durationMs: isStreaming ? heatMs / 3 : heatMs },
			);
			answered(contestant.name, report.answered);
		}
	}
	for (let round = 1; round <= rounds; round += 1) {
		console.log(`Round ${round} of ${rounds} …`);
		for (const scenario of scenarios) {
			const all = contestants.filter(({ name }) => takesPart(name, scenario));
			for (const contestant of round % 2 === 1 ? all : all.toReversed()) {
				const sample = await measureOnce(contestant, scenario, options);
				answered(contestant.name, sample.report.answered);
				const id = `${scenario.name}|${contestant.name}`;
				samples.set(id, [...(samples.get(id) ?? []), sample]);
			}
		}
	}
	return scenarios.flatMap((scenario) =>
		contestants.flatMap(({ name }) => {
			const own = samples.get(`${scenario.name}|${name}`);
			return own === undefined ? [] : [toCell(scenario, name, own)];
		}),
	);
}

function takesPart(name: ContestantName, { contestants }: Scenario): boolean {
	return contestants?.includes(name) ?? true;
}

async function measureOnce(
	contestant: Contestant,
	scenario: Scenario,
	options: RoundOptions,
): Promise<Sample> {
	const { origin, sessionHeader, ways } = contestant;
	const { api, promptSize, isStreaming, isRepeating, concurrency } = scenario;
	const { headers, modelPrefix } = ways[api];
	await untilQuiet();
	const before = cpuSeconds(contestant.pid);
	const report = await runLoad({
		origin,
		headers,
		...(sessionHeader === undefined ? {} : { sessionHeader }),
		model: modelPrefix + modelName,
		api,
		promptSize,
		isStreaming,
		isRepeating,
		concurrency,
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
