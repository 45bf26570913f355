import type { Dispatcher } from "undici";
import { Client } from "undici";
import type { LoadPlan, LoadReport } from "../load.ts";
import { isIntact, requestBody } from "../workload.ts";

/**
 * Closed-loop load: `concurrency` connections, each with one request at a time. Runs in a process of
 * its own, so that measuring costs the contestants nothing but the processor. Prints one JSON line.
 */
const clientOptions = {
	pipelining: 1,
	allowH2: false,
	bodyTimeout: 60_000,
	headersTimeout: 60_000,
};
const plan = JSON.parse(process.argv[2] ?? "{}") as LoadPlan;
process.stdout.write(`${JSON.stringify(await drive())}\n`);

async function drive(): Promise<LoadReport> {
	const body = requestBody(plan);
	const latenciesMs: number[] = [];
	const firstBytesMs: number[] = [];
	const failures: Record<string, number> = {};
	let answered = 0;
	let started = 0;
	const warmUntil = performance.now() + plan.warmUpMs;
	const deadline = warmUntil + plan.durationMs;

	const work = async (): Promise<void> => {
		const client = new Client(plan.origin, clientOptions);
		while (started < plan.requestsMax && performance.now() < deadline) {
			started += 1;
			const startedAt = performance.now();
			try {
				const answer = await send(client, body);
				if (!isIntact({ ...answer, isStreaming: plan.isStreaming })) {
					throw new Error(`not intact, status ${answer.status}`);
				}
				answered += 1;
				if (startedAt < warmUntil) continue;
				latenciesMs.push(performance.now() - startedAt);
				firstBytesMs.push(answer.firstByteAt - startedAt);
			} catch (error) {
				const reason = error instanceof Error ? error.message : String(error);
				failures[reason] = (failures[reason] ?? 0) + 1;
			}
		}
		await client.close();
	};
	await Promise.all(Array.from({ length: plan.concurrency }, work));
	const measuredMs = performance.now() - warmUntil;
	return {
		answered,
		measured: latenciesMs.length,
		measuredMs,
		latenciesMs,
		firstBytesMs,
		failures,
	};
}

interface Answer {
	readonly status: number;
	readonly body: string;
	readonly firstByteAt: number;
}

function send(client: Client, body: string): Promise<Answer> {
	return new Promise((resolve, reject) => {
		let status = 0;
		let firstByteAt = 0;
		const parts: Buffer[] = [];
		const handler: Dispatcher.DispatchHandler = {
			onRequestStart: () => undefined,
			onResponseStart: (_controller, statusCode) => {
				status = statusCode;
			},
			onResponseData: (_controller, chunk) => {
				if (parts.length === 0) firstByteAt = performance.now();
				parts.push(chunk);
			},
			onResponseEnd: () =>
				resolve({ status, firstByteAt, body: Buffer.concat(parts).toString("utf8") }),
			onResponseError: (_controller, error) => reject(error),
		};
		client.dispatch(
			{
				path: plan.path,
				method: "POST",
				headers: { ...plan.headers, "content-type": "application/json" },
				body,
			},
			handler,
		);
	});
}
