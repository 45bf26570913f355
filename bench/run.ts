import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Contestant, ContestantName, GatewayContestant } from "./contestants.ts";
import {
	startBare,
	startFullLlmproxy,
	startLlmproxy,
	startMock,
	startPortkey,
} from "./contestants.ts";
import { organisationBudget } from "./data-plane.ts";
import { judge } from "./goals.ts";
import type { MemoryPhase } from "./memory.ts";
import { measureMemory } from "./memory.ts";
import { peakResidentMb } from "./process-usage.ts";
import { render } from "./report.ts";
import type { FullPlane, Results } from "./results.ts";
import { measure } from "./rounds.ts";
import { scenarios } from "./scenarios.ts";

/**
 * Compares this gateway, as it is installed, with its core, its data plane and everything switched on, with a
 * direct call, a bare pass-through and Portkey's gateway. `--quick` measures shortly, `--only=<text>`
 * only scenarios with that text in their names (and stores nothing), `--no-memory` leaves the memory
 * phases out, `--no-portkey` Portkey, `--check` exits with 1 when a goal is missed.
 */
const { values: flags } = parseArgs({
	options: {
		quick: { type: "boolean", default: false },
		check: { type: "boolean", default: false },
		only: { type: "string" },
		"no-memory": { type: "boolean", default: false },
		"no-portkey": { type: "boolean", default: false },
	},
});
const plan = flags.quick
	? {
			rounds: 3,
			heatMs: 9000,
			warmUpMs: 200,
			durationMs: 600,
			requests: 10_000,
			streams: 100,
			waves: 2,
		}
	: {
			rounds: 5,
			heatMs: 12_000,
			warmUpMs: 300,
			durationMs: 1600,
			requests: 100_000,
			streams: 500,
			waves: 4,
		};
const { only = "" } = flags;
const chosen = scenarios.filter(({ name }) => name.includes(only));

const loadBefore = loadavg()[0] ?? 0;
const running: Contestant[] = [];
const started = <Kind extends Contestant>(contestant: Kind): Kind => {
	running.push(contestant);
	return contestant;
};
try {
	const results = await bench();
	console.log(`\n${render(results)}`);
	if (flags.only === undefined) store(results);
	if (flags.check && results.goals.some(({ isMet }) => isMet === false)) process.exitCode = 1;
} finally {
	for (const contestant of running.reverse()) await contestant.stop();
}

async function bench(): Promise<Results> {
	if (chosen.length === 0) throw new Error(`no scenario has "${only}" in its name`);
	console.log("Starting the contestants …");
	const mock = started(await startMock());
	const bare = started(await startBare(mock));
	const ours = started(await startLlmproxy(mock, "installed"));
	const workers = started(await startLlmproxy(mock, "workers"));
	const core = started(await startLlmproxy(mock, "core"));
	const plane = started(await startFullLlmproxy(mock, "off"));
	const full = started(await startFullLlmproxy(mock, "enforce"));
	const portkey = flags["no-portkey"] ? undefined : await startPortkey(mock);
	if (portkey !== undefined) started(portkey);
	const contestants = [
		mock,
		bare,
		ours,
		workers,
		core,
		plane,
		full,
		...(portkey === undefined ? [] : [portkey]),
	];

	const answers = new Map<ContestantName, number>();
	const count = (name: ContestantName, more: number): void => {
		answers.set(name, (answers.get(name) ?? 0) + more);
	};
	const cells = await measure(contestants, { ...plan, scenarios: chosen }, count);
	const peaks = contestants.map(({ name, pid }) => [name, peakResidentMb(pid) ?? 0] as const);
	const memory: readonly MemoryPhase[] = flags["no-memory"] ? [] : await measureMemory(ours, plan);
	for (const { answered } of memory) count(ours.name, answered);
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
		ledger: await ledgerOf([ours, workers, core, plane, full], answers),
		fullPlane: await fullPlaneOf(full),
	};
	return { ...measured, goals: judge(measured) };
}

async function ledgerOf(
	gateways: readonly GatewayContestant[],
	answers: ReadonlyMap<ContestantName, number>,
): Promise<Results["ledger"]> {
	let [answered, rows] = [0, 0];
	for (const { name, gateway } of gateways) {
		const wanted = answers.get(name) ?? 0;
		answered += wanted;
		rows += await settledRows(gateway.countAnswered, wanted);
	}
	return { answered, rows };
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

async function fullPlaneOf({ gateway }: GatewayContestant): Promise<FullPlane> {
	const [row] = await gateway.query<Record<keyof FullPlane, string>>(
		`SELECT count(*) FILTER (WHERE session LIKE 'new-%' AND cache <> 'miss') AS remembered,
			count(*) FILTER (WHERE session LIKE 'same-%' AND cache <> 'miss') AS hits,
			coalesce(sum(cost_micro_usd), 0) AS "ledgerMicroUsd",
			(SELECT coalesce(sum(c.spent), 0) FROM quota_counters AS c
				JOIN quotas AS q ON q.id::text = c.counter WHERE q.title = $1) AS "spentMicroUsd"
		FROM ledger_entries`,
		[organisationBudget],
	);
	return {
		remembered: Number(row?.remembered),
		hits: Number(row?.hits),
		ledgerMicroUsd: Number(row?.ledgerMicroUsd),
		spentMicroUsd: Number(row?.spentMicroUsd),
	};
}

function store(results: Results): void {
	const dir = join(import.meta.dirname, "results");
	mkdirSync(dir, { recursive: true });
	writeFileSync(join(dir, "latest.json"), `${JSON.stringify(results, null, "\t")}\n`);
	console.log("\nWritten to bench/results/latest.json");
}
