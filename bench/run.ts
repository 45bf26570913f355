import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Contestant, ContestantName } from "./contestants.ts";
import { startBare, startLlmproxy, startMock, startPortkey } from "./contestants.ts";
import type { MemoryPhase } from "./memory.ts";
import { measureMemory } from "./memory.ts";
import { peakResidentMb } from "./process-usage.ts";
import type { Results } from "./report.ts";
import { judge, render } from "./report.ts";
import { measure } from "./rounds.ts";

/**
 * Compares this gateway with a direct call, a bare pass-through and Portkey's gateway.
 * `--quick` measures shortly, `--no-memory` leaves the memory phases out, `--no-portkey` Portkey,
 * `--check` exits with 1 when a goal is missed.
 */
const { values: flags } = parseArgs({
	options: {
		quick: { type: "boolean", default: false },
		check: { type: "boolean", default: false },
		"no-memory": { type: "boolean", default: false },
		"no-portkey": { type: "boolean", default: false },
	},
});
const plan = flags.quick
	? { rounds: 4, warmUpMs: 200, durationMs: 700, requests: 10_000, streams: 100, waves: 2 }
	: { rounds: 5, warmUpMs: 500, durationMs: 3000, requests: 100_000, streams: 500, waves: 4 };

const loadBefore = loadavg()[0] ?? 0;
const running: Contestant[] = [];
const started = <Kind extends Contestant>(contestant: Kind): Kind => {
	running.push(contestant);
	return contestant;
};
try {
	const results = await bench();
	const dir = join(import.meta.dirname, "results");
	mkdirSync(dir, { recursive: true });
	writeFileSync(join(dir, "latest.json"), `${JSON.stringify(results, null, "\t")}\n`);
	console.log(`\n${render(results)}\n\nWritten to bench/results/latest.json`);
	if (flags.check && results.goals.some(({ isMet }) => isMet === false)) process.exitCode = 1;
} finally {
	for (const contestant of running.reverse()) await contestant.stop();
}

async function bench(): Promise<Results> {
	console.log("Starting the contestants …");
	const mock = started(await startMock());
	const bare = started(await startBare(mock));
	const ours = started(await startLlmproxy(mock));
	const portkey = flags["no-portkey"] ? undefined : await startPortkey(mock);
	if (portkey !== undefined) started(portkey);
	const contestants = [mock, bare, ours, ...(portkey === undefined ? [] : [portkey])];

	let answered = 0;
	const count = (name: ContestantName, answers: number): void => {
		if (name === "llmproxy") answered += answers;
	};
	const cells = await measure(contestants, plan, count);
	const peaks = contestants.map(({ name, pid }) => [name, peakResidentMb(pid) ?? 0] as const);
	let memory: readonly MemoryPhase[] = [];
	if (!flags["no-memory"]) {
		memory = await measureMemory(ours, plan);
		for (const phase of memory) answered += phase.answered;
	}
	const rows = await settledRows(ours.gateway.countAnswered, answered);
	const measured = {
		when: new Date().toISOString(),
		isQuick: flags.quick,
		machine: {
			processors: availableParallelism(),
			model: cpus()[0]?.model.trim() ?? "unknown processor",
			node: process.versions.node,
			loadBefore,
		},
		cells,
		peakMb: Object.fromEntries(peaks),
		memory,
		ledger: { answered, rows },
	};
	return { ...measured, goals: judge(measured) };
}

/** The ledger is written behind the answers; waits until it has caught up, but not for ever. */
async function settledRows(countRows: () => Promise<number>, wanted: number): Promise<number> {
	const deadline = performance.now() + 60_000;
	let rows = await countRows();
	while (rows < wanted && performance.now() < deadline) {
		await sleep(250);
		rows = await countRows();
	}
	return rows;
}
