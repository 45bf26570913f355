import { setTimeout as sleep } from "node:timers/promises";
import { pick, seededRandom } from "../simulate/random.ts";
import type { Persona } from "./personas.ts";
import { personas } from "./personas.ts";
import type { AttackScenario } from "./scenarios.ts";
import { attackScenarios } from "./scenarios.ts";

export interface AttackOptions {
	/** Of the gateway, without `/v1`. */
	readonly url: string;
	/** Real keys; each scenario takes the next. */
	readonly keys: readonly [string, ...string[]];
	readonly durationMs: number;
	/** Ends the traffic when so many requests were sent, whatever the time. */
	readonly requestsMax: number;
	/** Scenarios a second; a conversation or a flood counts as one. */
	readonly rate: number;
	/** Whether to say in `x-forwarded-for` where each persona sits: only for a server that trusts this machine. */
	readonly isForwarded: boolean;
	readonly seed?: number;
	readonly signal?: AbortSignal;
	/** After each answer: the kind of request, the status (0 without an answer), and the error's code. */
	readonly onAnswer?: (scenario: AttackScenario, status: number, code: string | undefined) => void;
}

const inFlightMax = 60;

/** Sends made-up work and attacks, bounded by time and by count, and resolves with how many requests that were. */
export async function sendAttacks(options: AttackOptions): Promise<number> {
	const { durationMs, requestsMax, rate, signal } = options;
	const random = seededRandom(options.seed ?? 1);
	const inFlight = new Set<Promise<void>>();
	const startedAt = performance.now();
	let sent = 0;
	const isOver = () =>
		sent >= requestsMax || performance.now() - startedAt >= durationMs || signal?.aborted === true;
	for (let turn = 0; !isOver(); turn += 1) {
		const scenario = pick(attackScenarios, random);
		const persona = personaFor(scenario, random);
		for (let copy = 0; copy < (scenario.burst ?? 1) && sent < requestsMax; copy += 1) {
			sent += scenario.bodies(turn).length;
			const run: Promise<void> = sendAll(options, { scenario, persona, turn }).finally(() =>
				inFlight.delete(run),
			);
			inFlight.add(run);
		}
		while (inFlight.size >= inFlightMax) await Promise.race(inFlight);
		await sleep((random() * 2000) / rate);
	}
	await Promise.all(inFlight);
	return sent;
}

/** One of every kind, one after the other. */
export async function sendOneAttackOfEach(
	options: Pick<AttackOptions, "url" | "keys" | "isForwarded" | "onAnswer">,
): Promise<void> {
	for (const [turn, scenario] of attackScenarios.entries()) {
		const persona = personaFor(scenario, seededRandom(turn));
		await sendAll(options, { scenario, persona, turn });
	}
}

function personaFor(scenario: AttackScenario, random: () => number): Persona {
	const [first, ...others] = personas
		.filter(({ isHostile }) => isHostile === scenario.isHostile)
		// Some attack far more than others.
		.map((persona, index) => ({ ...persona, weight: 1 / (index + 1) }));
	if (first === undefined) throw new Error("There is nobody to send this.");
	return pick([first, ...others], random);
}

interface Sending {
	readonly scenario: AttackScenario;
	readonly persona: Persona;
	readonly turn: number;
}

type SendOptions = Pick<AttackOptions, "url" | "keys" | "isForwarded" | "onAnswer">;

async function sendAll(options: SendOptions, sending: Sending): Promise<void> {
	const { scenario, turn } = sending;
	for (const body of scenario.bodies(turn)) {
		const { status, code } = await send(options, sending, body);
		options.onAnswer?.(scenario, status, code);
	}
}

async function send(
	{ url, keys, isForwarded }: SendOptions,
	{ scenario, persona, turn }: Sending,
	body: object,
): Promise<{ readonly status: number; readonly code: string | undefined }> {
	const token = scenario.token ?? keys[turn % keys.length] ?? keys[0];
	try {
		const answer = await fetch(`${url}/v1/chat/completions`, {
			method: "POST",
			headers: {
				...(token === "" ? {} : { authorization: `Bearer ${token}` }),
				...(isForwarded ? { "x-forwarded-for": persona.address } : {}),
				"content-type": "application/json",
				"user-agent": persona.isHostile ? "demo-probe/0.1" : "demo-chatbot/2.1",
				"x-llmproxy-session": persona.session,
			},
			body: JSON.stringify({ ...body, user: persona.endUser }),
			signal: AbortSignal.timeout(60_000),
		});
		return { status: answer.status, code: codeOf(await answer.text()) };
	} catch {
		return { status: 0, code: undefined };
	}
}

function codeOf(text: string): string | undefined {
	try {
		const { error } = JSON.parse(text) as { error?: { code?: unknown } };
		return typeof error?.code === "string" ? error.code : undefined;
	} catch {
		return undefined;
	}
}
