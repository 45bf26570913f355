import { afterAll, beforeEach } from "vitest";
import type { SettledRecord } from "../contract/settled-record.ts";
import type { GatewayPorts } from "../ports.ts";
import type { TestGateway } from "./test-gateway.ts";
import { startTestGateway, testTarget } from "./test-gateway.ts";
import type { ScriptedUpstream } from "./upstream-script.ts";
import { completion, sendJson, startScriptedUpstream } from "./upstream-script.ts";

interface PostOptions {
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
}

export interface GatewayFixture {
	readonly upstream: ScriptedUpstream;
	readonly gateway: TestGateway;
	/** A chat completion; text is sent as it is. */
	readonly post: (body: unknown, options?: PostOptions) => Promise<Response>;
	/** The newest record. */
	readonly last: () => SettledRecord;
}

/** A gateway before a scripted upstream, fresh settings and a plain answer for every test of a file. */
export async function startGatewayFixture(
	ports: Partial<GatewayPorts> = {},
): Promise<GatewayFixture> {
	const upstream = await startScriptedUpstream();
	const gateway = await startTestGateway([testTarget(upstream.baseUrl)], ports);
	afterAll(async () => {
		await gateway.close();
		await upstream.close();
	});
	beforeEach(() => {
		gateway.change({ settings: {} });
		upstream.answer(sendJson(completion));
	});
	return {
		upstream,
		gateway,
		post: (body, { headers, signal } = {}) =>
			fetch(`${gateway.url}/v1/chat/completions`, {
				method: "POST",
				headers: {
					authorization: `Bearer ${gateway.token}`,
					"content-type": "application/json",
					...headers,
				},
				body: typeof body === "string" ? body : JSON.stringify(body),
				...(signal === undefined ? {} : { signal }),
			}),
		last: () => {
			const record = gateway.records.at(-1);
			if (record === undefined) throw new Error("No request was recorded.");
			return record;
		},
	};
}

export const question = {
	model: "test/test-model",
	messages: [{ role: "user", content: "Hello" }],
};

export async function errorOf(response: Response): Promise<Record<string, unknown>> {
	const body = (await response.json()) as { error: Record<string, unknown> };
	return body.error;
}

/** The JSON of every `data:` line; `[DONE]` as text. */
export async function eventsOf(response: Response): Promise<readonly unknown[]> {
	const text = await response.text();
	return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) =>
		data === "[DONE]" ? data : JSON.parse(data),
	);
}

/** Looks like a provider's key; is none. */
export const fakeCredential = `sk-proj-${"aB3dE5fG7h".repeat(8)}`;
