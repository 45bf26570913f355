import { setTimeout as sleep } from "node:timers/promises";
import { pick, seededRandom } from "./random.ts";
import type { Scenario } from "./scenarios.ts";
import { scenarios } from "./scenarios.ts";

export interface TrafficOptions {
	/** Of the gateway, without `/v1`. */
	readonly url: string;
	/** Real keys; each request takes the next. */
	readonly keys: readonly [string, ...string[]];
	readonly durationMs: number;
	/** Requests a second; a burst counts as one. */
	readonly rate: number;
	readonly seed?: number;
	/** Ends the traffic early. */
	readonly signal?: AbortSignal;
	/** After each answer: the kind of request and the status, 0 when there was none. */
	readonly onAnswer?: (scenario: Scenario, status: number) => void;
}

const inFlightMax = 100;
const clients = ["demo-chatbot/2.1", "demo-batch/0.9", "openai-python/2.0 demo", "demo-ci/1.4"];

/** Sends made-up requests until the time is over, and resolves when the last one was answered. */
export async function sendTraffic(options: TrafficOptions): Promise<void> {
	const { durationMs, rate, signal } = options;
	const random = seededRandom(options.seed ?? 1);
	const inFlight = new Set<Promise<void>>();
	const startedAt = performance.now();
	const isOver = () => performance.now() - startedAt >= durationMs || signal?.aborted === true;
	for (let turn = 0; !isOver(); turn += 1) {
		const scenario = pick(scenarios, random);
		for (let copy = 0; copy < (scenario.burst ?? 1); copy += 1) {
			const sent: Promise<void> = send(options, scenario, turn)
				.then((status) => options.onAnswer?.(scenario, status))
				.finally(() => inFlight.delete(sent));
			inFlight.add(sent);
		}
		while (inFlight.size >= inFlightMax) await Promise.race(inFlight);
		// Uneven, as people are, but `rate` on average.
		await sleep((random() * 2000) / rate);
	}
	await Promise.all(inFlight);
}

/** One request of every kind, one after the other, the rarest first. */
export async function sendOneOfEach(options: Sending): Promise<void> {
	const kinds = [...scenarios].sort((a, b) => a.weight - b.weight);
	for (const [turn, scenario] of kinds.entries()) {
		options.onAnswer?.(scenario, await send(options, scenario, turn));
	}
}

type Sending = Pick<TrafficOptions, "url" | "keys" | "onAnswer">;

async function send(options: Sending, scenario: Scenario, turn: number): Promise<number> {
	const { url, keys } = options;
	const body = scenario.body(turn);
	const token = scenario.token ?? keys[turn % keys.length] ?? keys[0];
	try {
		const answer = await fetch(`${url}/v1/chat/completions`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${token}`,
				"content-type": "application/json",
				"user-agent": clients[turn % clients.length] ?? "demo",
			},
			body: typeof body === "string" ? body : JSON.stringify(body),
			signal: AbortSignal.timeout(60_000),
		});
		await answer.text();
		return answer.status;
	} catch {
		return 0;
	}
}
