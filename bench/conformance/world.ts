import OpenAI from "openai";
import type { GatewayUnderTest } from "../start-gateway.ts";
import { startGateway } from "../start-gateway.ts";
import type { TappedRequest } from "./tap.ts";
import { startTap } from "./tap.ts";
import { startUpstream } from "./upstream.ts";

export const wires = ["openai", "anthropic", "gemini"] as const;
export type Wire = (typeof wires)[number];

/** Credentials of the gateway at the mock; must never be seen by a client. */
const upstreamKey = "upstream-credential-of-the-gateway";

/** What a check works with. */
export interface World {
	readonly wire: Wire;
	/** A model of this wire, as clients name it. */
	readonly model: string;
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

/** The mock upstream, and a gateway whose three providers point at it. */
export async function openWorlds(options: { databaseUrl?: string } = {}): Promise<Worlds> {
	const mock = await startUpstream();
	const tap = await startTap(mock.url);
	try {
		const gateway = await startGateway({
			...options,
			env: {
				OPENAI_API_KEY: upstreamKey,
				OPENAI_BASE_URL: `${tap.url}/v1`,
				ANTHROPIC_API_KEY: upstreamKey,
				ANTHROPIC_BASE_URL: tap.url,
				GEMINI_API_KEY: upstreamKey,
				GEMINI_BASE_URL: `${tap.url}/v1beta`,
				LLMPROXY_ENDPOINT_CHOICES_URL: `${tap.url}/choices/v1`,
				LLMPROXY_ENDPOINT_CHOICES_MODELS: "several",
			},
		});
		const baseURL = `${gateway.url}/v1`;
		const client = new OpenAI({ baseURL, apiKey: gateway.key, maxRetries: 0, timeout: 15_000 });
		const models = new Map<Wire, string>();
		for await (const { id } of client.models.list()) {
			const wire = wires.find((name) => id.startsWith(`${name}/`));
			if (wire !== undefined && !models.has(wire)) models.set(wire, id);
		}
		return {
			of: (wire) => ({
				wire,
				model: models.get(wire) ?? `${wire}/not-offered`,
				choicesModel: "choices/several",
				gateway,
				upstreamRequests: tap.requests,
				upstreamKey,
				client,
				counting: ({ apiKey = gateway.key, maxRetries }) => {
					let count = 0;
					const counted: typeof fetch = (input, init) => {
						count += 1;
						return fetch(input, init);
					};
					return {
						client: new OpenAI({ baseURL, apiKey, maxRetries, timeout: 15_000, fetch: counted }),
						requests: () => count,
					};
				},
			}),
			close: async () => {
				await gateway.stop();
				await tap.close();
				await mock.stop();
			},
		};
	} catch (error) {
		await tap.close();
		await mock.stop();
		throw error;
	}
}
