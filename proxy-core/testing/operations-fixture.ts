import { afterAll, beforeEach } from "vitest";
import type { SettledRecord } from "../contract/settled-record.ts";
import type { TextSegment, Verdict } from "../contract/verdict.ts";
import type { CompiledGuard, GuardPhase, Inspector } from "../guards/define-guard.ts";
import { provider as deepseek } from "../providers/deepseek/provider.ts";
import { provider as custom } from "../providers/openai-compatible/provider.ts";
import { provider as simulator } from "../providers/simulator/provider.ts";
import { toneWav } from "../providers/simulator/tone.ts";
import { compiledGuard } from "./guards.ts";
import type { TestGateway } from "./test-gateway.ts";
import { startTestGateway, testPrice, testTarget } from "./test-gateway.ts";
import type { ScriptedUpstream, SeenRequest } from "./upstream-script.ts";
import { startScriptedUpstream } from "./upstream-script.ts";

export interface OperationsFixture {
	readonly upstream: ScriptedUpstream;
	readonly gateway: TestGateway;
	readonly authorization: string;
	/** Below `/v1`; text is sent as it is. */
	readonly post: (
		path: string,
		body: object | FormData | string,
		headers?: Readonly<Record<string, string>>,
	) => Promise<Response>;
	/** The newest record. */
	readonly last: () => SettledRecord;
	readonly lastSeen: () => SeenRequest;
}

/**
 * A gateway with three targets: `up/model` is a scripted upstream that offers every operation,
 * `sim/echo` the simulator, and `chat/only` offers conversations and nothing else.
 */
export async function startOperationsFixture(): Promise<OperationsFixture> {
	const upstream = await startScriptedUpstream();
	const { baseUrl } = upstream;
	const credential = { baseUrl, apiKey: "upstream-credential" };
	const gateway = await startTestGateway([
		testTarget(baseUrl, {
			id: "up/model",
			providerId: "up",
			model: "model",
			connector: custom.connect(custom.settings.parse(credential)),
			price: { ...testPrice, charactersMicroUsd: 15_000_000 },
		}),
		testTarget("http://127.0.0.1:9", {
			id: "sim/echo",
			providerId: "sim",
			model: "echo",
			connector: simulator.connect(simulator.settings.parse({})),
		}),
		testTarget(baseUrl, {
			id: "chat/only",
			providerId: "chat",
			model: "only",
			connector: deepseek.connect(deepseek.settings.parse(credential)),
		}),
	]);
	afterAll(async () => {
		await gateway.close();
		await upstream.close();
	});
	beforeEach(() => gateway.change({ settings: {} }));
	const authorization = `Bearer ${gateway.token}`;
	return {
		upstream,
		gateway,
		authorization,
		post: (path, body, headers = {}) => {
			const isForm = body instanceof FormData;
			return fetch(`${gateway.url}/v1${path}`, {
				method: "POST",
				headers: {
					authorization,
					...(!isForm && { "content-type": "application/json" }),
					...headers,
				},
				body: typeof body === "string" || isForm ? body : JSON.stringify(body),
			});
		},
		last: () => newest(gateway.records),
		lastSeen: () => newest(upstream.seen),
	};
}

function newest<Entry>(entries: readonly Entry[]): Entry {
	const entry = entries.at(-1);
	if (entry === undefined) throw new Error("Nothing has come.");
	return entry;
}

/** A form with a recording in its `file`. */
export function recording(
	fields: Readonly<Record<string, string>>,
	bytes: Uint8Array = toneWav(4),
): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append("file", new Blob([new Uint8Array(bytes)], { type: "audio/wav" }), "tone.wav");
	return form;
}

/** Takes `sk-1` out, or whatever stands for it. */
export function hiding(phase: GuardPhase): CompiledGuard {
	const secret = "sk-1";
	const verdictOn = (segments: readonly TextSegment[]): Verdict => ({
		findings: segments.flatMap(({ text }, segment) => {
			const start = text.indexOf(secret);
			if (start === -1) return [];
			const end = start + secret.length;
			const found = { rule: "H-1", segment, start, end, score: 0.8 };
			return [{ ...found, action: "redact" as const, replacement: "[hidden]" }];
		}),
	});
	const inspector: Inspector =
		phase === "request"
			? { inspectRequest: verdictOn }
			: { openAnswer: () => ({ inspect: verdictOn }) };
	return compiledGuard({ id: "hide", inspector, holdBackMax: secret.length });
}
