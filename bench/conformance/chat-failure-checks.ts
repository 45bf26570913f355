import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import OpenAI, { APIError, APIUserAbortError } from "openai";
import { collect, user } from "./chat-checks.ts";
import type { Check } from "./define-check.ts";
import { everyWire, openaiWire } from "./define-check.ts";
import { prompts } from "./prompts.ts";
import type { World } from "./world.ts";

async function failure(work: Promise<unknown>): Promise<APIError> {
	const error = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof APIError, `expected an APIError, got ${String(error)}`);
	return error;
}

function post({ gateway }: World, body: string): Promise<Response> {
	return fetch(`${gateway.url}/v1/chat/completions`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: `Bearer ${gateway.key}` },
		body,
		signal: AbortSignal.timeout(15_000),
	});
}

async function until(isTrue: () => boolean, withinMs: number): Promise<boolean> {
	const deadline = performance.now() + withinMs;
	while (performance.now() < deadline && !isTrue()) await sleep(20);
	return isTrue();
}

export const chatFailureChecks: readonly Check[] = [
	openaiWire("a wrong key", async ({ counting, model }) => {
		const apiKey = "sk-llmproxy-wrong00000-thiskeydoesnotexist";
		const { client, requests } = counting({ apiKey, maxRetries: 2 });
		const error = await failure(client.chat.completions.create({ model, messages: user("x") }));
		assert.ok(error instanceof OpenAI.AuthenticationError);
		assert.equal(error.code, "invalid_api_key");
		assert.ok(!JSON.stringify(error).includes("thiskeydoesnotexist"), "the key was echoed");
		assert.equal(requests(), 1);
	}),
	openaiWire("no key", async ({ gateway }) => {
		const response = await fetch(`${gateway.url}/v1/models`);
		const body = (await response.json()) as { error: { code: string; type: string } };
		assert.deepEqual(
			[response.status, body.error.code, body.error.type],
			[401, "missing_api_key", "authentication_error"],
		);
	}),
	openaiWire("an unknown model", async ({ counting }) => {
		const { client, requests } = counting({ maxRetries: 2 });
		const error = await failure(
			client.chat.completions.create({ model: "openai/no-such-model", messages: user("x") }),
		);
		assert.ok(error instanceof OpenAI.NotFoundError);
		assert.equal(error.code, "model_not_found");
		assert.match(error.requestID ?? "", /^req_/);
		assert.equal(requests(), 1);
	}),
	openaiWire("malformed JSON", async (world) => {
		const response = await post(world, '{"model": "x", "messages": [');
		const body = (await response.json()) as { error: { code: string } };
		assert.deepEqual([response.status, body.error.code], [400, "malformed_json"]);
		assert.equal(response.headers.get("x-should-retry"), "false");
	}),
	openaiWire("a wrong field", async (world) => {
		const response = await post(world, JSON.stringify({ model: world.model, messages: "hello" }));
		const body = (await response.json()) as { error: { type: string; param: string } };
		assert.deepEqual(
			[response.status, body.error.type, body.error.param],
			[400, "invalid_request_error", "messages"],
		);
	}),
	everyWire("an upstream's 400", async ({ counting, brittle }) => {
		const model = brittle();
		const { client, requests } = counting({ maxRetries: 2 });
		const error = await failure(
			client.chat.completions.create({ model, messages: user(prompts.badRequest) }),
		);
		assert.ok(error instanceof OpenAI.BadRequestError, `status ${error.status}`);
		assert.match(error.message, /does not like this/);
		assert.equal(requests(), 1);
	}),
	everyWire("an upstream's 500, retried by the SDK", async ({ counting, brittle }) => {
		const model = brittle();
		const { client, requests } = counting({ maxRetries: 1 });
		const error = await failure(
			client.chat.completions.create({ model, messages: user(prompts.overloaded) }),
		);
		assert.ok((error.status ?? 0) >= 500, `status ${error.status}`);
		assert.equal(requests(), 2);
	}),
	everyWire("an upstream's 429, retried by the SDK", async ({ counting, brittle }) => {
		const model = brittle();
		const { client, requests } = counting({ maxRetries: 1 });
		const error = await failure(
			client.chat.completions.create({ model, messages: user(prompts.limited) }),
		);
		assert.ok(error instanceof OpenAI.RateLimitError, `status ${error.status}`);
		assert.equal(requests(), 2);
	}),
	everyWire("an upstream's error before a stream is a real status", async ({ client, model }) => {
		const error = await failure(
			client.chat.completions.create({ model, messages: user(prompts.badRequest), stream: true }),
		);
		assert.equal(error.status, 400);
	}),
	everyWire("a stream that breaks off", async (world) => {
		const { client } = world;
		const model = world.brittle();
		const request = { model, messages: user(prompts.cut), stream: true as const };
		await failure(client.chat.completions.create(request).then(collect));
		const text = await post(world, JSON.stringify(request)).then((response) => response.text());
		assert.match(text, /data: \{"error":/);
		assert.ok(!text.includes("[DONE]"), "a broken stream must not end like a whole one");
	}),
	everyWire("hanging up in the middle of a stream", async (world) => {
		const { client, model, upstreamRequests } = world;
		const stream = await client.chat.completions.create({
			model,
			messages: user(prompts.slow),
			stream: true,
		});
		let chunks = 0;
		try {
			for await (const _chunk of stream) {
				chunks += 1;
				if (chunks === 2) stream.controller.abort();
			}
		} catch (error) {
			assert.ok(error instanceof APIUserAbortError);
		}
		assert.equal(chunks, 2);
		const isCancelled = () => upstreamRequests().at(-1)?.isCancelled === true;
		assert.ok(await until(isCancelled, 3000), "the upstream call went on");
	}),
];

export const modelChecks: readonly Check[] = [
	everyWire("list of models", async ({ client, model }) => {
		const { data } = await client.models.list();
		const found = data.find(({ id }) => id === model);
		assert.equal(found?.object, "model");
		assert.ok((found?.owned_by ?? "").length > 0);
		assert.ok(Number.isInteger(found?.created));
	}),
	everyWire("one model", async ({ client, model }) => {
		assert.equal((await client.models.retrieve(model)).id, model);
	}),
	openaiWire("an unknown model by id", async ({ client }) => {
		assert.equal((await failure(client.models.retrieve("openai/no-such-model"))).status, 404);
	}),
];
