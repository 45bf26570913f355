import OpenAI from "openai";
import type { GatewayUnderTest } from "../start-gateway.ts";
import { startGateway } from "../start-gateway.ts";
import type { Mock } from "./upstream.ts";
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
	readonly mock: Mock;
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
	try {
		const gateway = await startGateway({
			...options,
			env: {
				OPENAI_API_KEY: upstreamKey,
				OPENAI_BASE_URL: `${mock.url}/v1`,
				ANTHROPIC_API_KEY: upstreamKey,
				ANTHROPIC_BASE_URL: mock.url,
				GEMINI_API_KEY: upstreamKey,
				GEMINI_BASE_URL: mock.url,
				LLMPROXY_ENDPOINT_CHOICES_URL: `${mock.url}/choices/v1`,
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
				mock,
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
				await mock.stop();
			},
		};
	} catch (error) {
		await mock.stop();
		throw error;
	}
}
