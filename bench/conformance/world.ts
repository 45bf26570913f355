import OpenAI from "openai";
import type pg from "pg";
import type { GatewayUnderTest } from "../start-gateway.ts";
import { startGateway } from "../start-gateway.ts";
import type { TappedRequest } from "./tap.ts";
import { startTap } from "./tap.ts";
import { startUpstream } from "./upstream.ts";
import type { Caller, Fault, Wire } from "./wires.ts";
import {
	brittleModel,
	callers,
	faults,
	faultyModel,
	forEveryWire,
	healingRoute,
	providerVariables,
	upstreams,
	wires,
} from "./wires.ts";

/** Credentials of the gateway at the mock; must never be seen by a client. */
const upstreamKey = "upstream-credential-of-the-gateway";
/** How long a target that is late may take to begin. */
const patienceMs = 150;

/** What a check works with. */
export interface World {
	readonly wire: Wire;
	/** The name of the provider that speaks this wire. */
	readonly provider: string;
	/** A model of this wire, as clients name it. */
	readonly model: string;
	/** A model of this wire that nobody else uses, for failing. */
	readonly brittle: () => string;
	/** A route whose first target has a fault and whose second is well. */
	readonly healing: (fault: Fault, caller: Caller) => string;
	/** A model of OpenAI's wire that makes several choices. */
	readonly choicesModel: string;
	readonly gateway: GatewayUnderTest;
	/** What the gateway has sent upstream so far. */
	readonly upstreamRequests: () => readonly TappedRequest[];
	readonly upstreamKey: string;
	readonly client: OpenAI;
	/** A client that counts the HTTP requests it makes. */
	readonly counting: (options: { apiKey?: string; maxRetries: number }) => {
		client: OpenAI;
		requests: () => number;
	};
}

export interface Worlds {
	readonly of: (wire: Wire) => World;
	readonly close: () => Promise<void>;
}

/**
 * The mock upstream, and a gateway with one provider for each wire that points at it. The wires do not
 * see each other's requests, so that a check may run on all of them at once.
 */
export async function openWorlds(options: { databaseUrl?: string } = {}): Promise<Worlds> {
	const mock = await startUpstream();
	const taps = await forEveryWire(() => startTap(mock.url));
	const closeUpstream = async (): Promise<void> => {
		await forEveryWire((wire) => taps[wire].close());
		await mock.stop();
	};
	try {
		const urls = await forEveryWire(async (wire) => taps[wire].url);
		const gateway = await startGateway({
			...options,
			prepare: addRoutes,
			env: {
				...providerVariables(urls, upstreamKey),
				LLMPROXY_ENDPOINT_CHOICES_URL: `${urls.openai}/choices/v1`,
				LLMPROXY_ENDPOINT_CHOICES_MODELS: "several",
			},
		});
		const used = new Map<Wire, number>();
		return {
			of: (wire) => ({
				...clients(gateway),
				wire,
				provider: upstreams[wire].provider,
				model: `${upstreams[wire].provider}/${upstreams[wire].model}`,
				brittle: () => {
					const index = used.get(wire) ?? 0;
					used.set(wire, index + 1);
					return brittleModel(wire, index);
				},
				healing: (fault, caller) => healingRoute(wire, fault, caller),
				choicesModel: "choices/several",
				gateway,
				upstreamRequests: taps[wire].requests,
				upstreamKey,
			}),
			close: async () => {
				await gateway.stop();
				await closeUpstream();
			},
		};
	} catch (error) {
		await closeUpstream();
		throw error;
	}
}

function clients(gateway: GatewayUnderTest): Pick<World, "client" | "counting"> {
	const options = { baseURL: `${gateway.url}/v1`, apiKey: gateway.key, timeout: 15_000 };
	return {
		client: new OpenAI({ ...options, maxRetries: 0 }),
		counting: (own) => {
			let count = 0;
			const counted: typeof fetch = (input, init) => {
				count += 1;
				return fetch(input, init);
			};
			return { client: new OpenAI({ ...options, ...own, fetch: counted }), requests: () => count };
		},
	};
}

/** Routes that heal, as an operator makes them in the console, and impatience with late targets. */
async function addRoutes(database: pg.Pool): Promise<void> {
	await database.query(
		"UPDATE settings_versions SET value = jsonb_set(value, '{routing,backoffBaseMs}', '10')",
	);
	for (const wire of wires) {
		for (const caller of callers) await addHealing(database, wire, caller);
	}
}

async function addHealing(database: pg.Pool, wire: Wire, caller: Caller): Promise<void> {
	const { provider, model } = upstreams[wire];
	for (const fault of faults) {
		const entries = [`${provider}/${faultyModel(fault, caller)}`, `${provider}/${model}`];
		await database.query(
			`INSERT INTO routes (name, description, strategy, cost_weight, is_sticky, entries, fallbacks, updated_at)
			VALUES ($1, '', 'priority', 1, false, $2, '{}', now())`,
			[
				healingRoute(wire, fault, caller),
				JSON.stringify(entries.map((target) => ({ target, weight: 1 }))),
			],
		);
	}
	await database.query(
		"INSERT INTO target_settings (target, timeouts, updated_at) VALUES ($1, $2, now())",
		[`${provider}/${faultyModel("late", caller)}`, JSON.stringify({ firstByteMs: patienceMs })],
	);
}
