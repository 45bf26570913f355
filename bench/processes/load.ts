import { randomBytes } from "node:crypto";
import type { Dispatcher } from "undici";
import { Client } from "undici";
import type { LoadPlan, LoadReport } from "../load.ts";
import { apis, bodyMaker, isIntact, markLength } from "../workload.ts";

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
	const questions = asker();
	const latenciesMs: number[] = [];
	const firstBytesMs: number[] = [];
	const failures: Record<string, number> = {};
	let answered = 0;
	let started = 0;
	const warmUntil = performance.now() + plan.warmUpMs;
	const deadline = warmUntil + plan.durationMs;

	const ask = async (client: Client, question: Question): Promise<void> => {
		const startedAt = performance.now();
		try {
			const answer = await send(client, question);
			if (!isIntact({ ...answer, api: plan.api, isStreaming: plan.isStreaming })) {
				throw new Error(`not intact, status ${answer.status}`);
			}
			answered += 1;
			if (startedAt < warmUntil) return;
			latenciesMs.push(performance.now() - startedAt);
			firstBytesMs.push(answer.firstByteAt - startedAt);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			failures[reason] = (failures[reason] ?? 0) + 1;
		}
	};
	const work = async (connection: number): Promise<void> => {
		const client = new Client(plan.origin, clientOptions);
		const next = questions(connection);
		while (started < plan.requestsMax && performance.now() < deadline) {
			started += 1;
			await ask(client, next(started));
		}
		await client.close();
	};
	await Promise.all(Array.from({ length: plan.concurrency }, (_, connection) => work(connection)));
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

interface Question {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
}

/** What each connection asks as the load's n-th request. */
function asker(): (connection: number) => (count: number) => Question {
	// Other load processes count from one, too.
	const run = randomBytes(6).toString("hex");
	const makeBody = bodyMaker(plan);
	const { sessionHeader, isRepeating } = plan;
	const repeated = makeBody("=".repeat(markLength));
	return (connection) => {
		const session = `${isRepeating ? "same" : "new"}-${run}-${connection}`;
		const headers = {
			...plan.headers,
			...(sessionHeader === undefined ? {} : { [sessionHeader]: session }),
			"content-type": "application/json",
		};
		return (count) => ({
			headers,
			body: isRepeating ? repeated : makeBody(`${run}/${String(count).padStart(8, "0")}`),
		});
	};
}

interface Answer {
	readonly status: number;
	readonly body: string;
	readonly firstByteAt: number;
}

function send(client: Client, { headers, body }: Question): Promise<Answer> {
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
		client.dispatch({ path: apis[plan.api].path, method: "POST", headers, body }, handler);
	});
}
