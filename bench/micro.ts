import { Pool } from "undici";

import { guards } from "../proxy-core/guards/registry.ts";
import { configuredGuard, testView } from "../proxy-core/testing/guards.ts";
import { startTestGateway, testTarget } from "../proxy-core/testing/test-gateway.ts";
import { printTable } from "./print-table.ts";
import { median } from "./statistics.ts";
import { answerText } from "./workload/texts.ts";
import { apis } from "./workload.ts";

/**
 * Microseconds per stage and per guard on typical bodies, medians over many requests in one process.
 * The upstream answers from memory, so `dispatch` shows what the gateway itself does there.
 */
const warmUps = 1500;
const requests = 1500;

const prose = `${answerText}\nThe quick brown fox reads docs/architecture.md and calls getUserById(42). `;
const bodies: readonly (readonly [name: string, characters: number])[] = [
	["0.5 KB", 300],
	["4 KB", 4_000],
	["64 KB", 64_000],
];

await stageTable(false);
await stageTable(true);
await guardTable();

function textOf(characters: number): string {
	return prose.repeat(Math.ceil(characters / prose.length)).slice(0, characters);
}

async function stageTable(isStreaming: boolean): Promise<void> {
	const answer = Buffer.from(isStreaming ? apis.chat.streamChunks.join("") : apis.chat.answer);
	const target = testTarget("http://127.0.0.1:9");
	const contentType = isStreaming ? "text/event-stream" : "application/json";
	const gateway = await startTestGateway([
		{
			...target,
			connector: {
				...target.connector,
				answerLocally: async () => ({
					status: 200,
					headers: { "content-type": contentType },
					body: (async function* () {
						yield answer;
					})(),
				}),
			},
		},
	]);
	const pool = new Pool(gateway.url, { connections: 1, allowH2: false });
	gateway.change({ settings: { limits: { keyRequestsPerMinute: 0, ipRequestsPerMinute: 0 } } });
	const columns: (readonly [string, ReadonlyMap<string, number>])[] = [];
	try {
		for (const [name, characters] of bodies) {
			const body = JSON.stringify({
				model: target.id,
				messages: [{ role: "user", content: textOf(characters) }],
				...(isStreaming ? { stream: true } : {}),
			});
			const before = gateway.records.length;
			for (let index = 0; index < warmUps + requests; index += 1) {
				const response = await pool.request({
					path: "/v1/chat/completions",
					method: "POST",
					headers: { "content-type": "application/json", authorization: `Bearer ${gateway.token}` },
					body,
				});
				await response.body.dump();
				if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
			}
			columns.push([name, stageMedians(gateway.records.slice(before + warmUps))]);
		}
	} finally {
		await pool.close();
		await gateway.close();
	}
	printTable(
		`Stages, µs, ${isStreaming ? "SSE with 50 chunks" : "JSON"}, by size of the question`,
		columns,
	);
}

function stageMedians(
	records: Awaited<ReturnType<typeof startTestGateway>>["records"],
): ReadonlyMap<string, number> {
	const durations = new Map<string, number[]>();
	for (const { stages, overheadMs } of records) {
		for (const [name, , durationUs] of stages) {
			durations.set(name, [...(durations.get(name) ?? []), durationUs]);
		}
		durations.set("whole overhead", [
			...(durations.get("whole overhead") ?? []),
			overheadMs * 1000,
		]);
	}
	return new Map([...durations].map(([name, values]) => [name, median(values)]));
}

async function guardTable(): Promise<void> {
	const columns: (readonly [string, ReadonlyMap<string, number>])[] = [];
	for (const [name, characters] of bodies) {
		const text = textOf(characters);
		const rows = new Map<string, number>();
		for (const guard of guards) {
			const { inspector } = configuredGuard(guard);
			const asked = [{ source: "user" as const, text, path: [] }];
			const view = testView({ segments: asked });
			const { inspectRequest } = inspector;
			if (inspectRequest !== undefined) {
				rows.set(`${guard.id}, request`, await microseconds(() => inspectRequest(asked, view)));
			}
			const answer = inspector.openAnswer?.(view);
			if (answer === undefined) continue;
			const said = [{ source: "answer" as const, text, path: [] }];
			rows.set(`${guard.id}, answer`, await microseconds(() => answer.inspect(said)));
			rows.set(
				`${guard.id}, where to hold`,
				await microseconds(() => answer.holdFrom?.(text.slice(-12), "answer", undefined)),
			);
		}
		columns.push([name, rows]);
	}
	printTable("Guards, µs, by size of the text", columns);
}

/** Median of batches, because one call is shorter than the clock's step. */
async function microseconds(work: () => unknown): Promise<number> {
	const batch = 50;
	const batches: number[] = [];
	for (let index = 0; index < 120; index += 1) {
		const startedAt = performance.now();
		for (let call = 0; call < batch; call += 1) await work();
		batches.push(((performance.now() - startedAt) * 1000) / batch);
	}
	return median(batches.slice(20));
}
