import assert from "node:assert/strict";
import type OpenAI from "openai";
import type { Check } from "./define-check.ts";
import { everyWire, openaiWire } from "./define-check.ts";
import { answers, prompts } from "./upstream.ts";
import type { World } from "./world.ts";

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;

export function user(content: string): { role: "user"; content: string }[] {
	return [{ role: "user", content }];
}

/** Whether the words arrived at the upstream, whatever its wire calls the field. */
function reachedUpstream({ upstreamRequests }: World, words: string): boolean {
	return upstreamRequests().at(-1)?.body.includes(words) ?? false;
}

export async function collect(stream: AsyncIterable<Chunk>): Promise<readonly Chunk[]> {
	const chunks: Chunk[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return chunks;
}

export function textOf(chunks: readonly Chunk[]): string {
	return chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
}

const personFormat = {
	type: "json_schema" as const,
	json_schema: {
		name: "person",
		strict: true,
		schema: {
			type: "object",
			properties: { name: { type: "string" }, age: { type: "integer" } },
			required: ["name", "age"],
			additionalProperties: false,
		},
	},
};

const redPixel =
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

export const answerChecks: readonly Check[] = [
	everyWire("chat", async ({ client, model }) => {
		const completion = await client.chat.completions.create({
			model,
			messages: user(prompts.hello),
		});
		assert.equal(completion.object, "chat.completion");
		assert.equal(completion.choices[0]?.message.content, answers.hello);
		assert.equal(completion.choices[0]?.message.role, "assistant");
		assert.equal(completion.choices[0]?.finish_reason, "stop");
		const { prompt_tokens, completion_tokens, total_tokens } = completion.usage ?? {};
		assert.deepEqual([prompt_tokens, completion_tokens, total_tokens], [11, 7, 18]);
	}),
	everyWire("stream", async ({ client, model }) => {
		const chunks = await collect(
			await client.chat.completions.create({ model, messages: user(prompts.long), stream: true }),
		);
		assert.equal(textOf(chunks), answers.long);
		assert.ok(chunks.length > 5, `only ${chunks.length} chunks`);
		assert.equal(
			chunks.findLast((chunk) => chunk.choices.length > 0)?.choices[0]?.finish_reason,
			"stop",
		);
		assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
	}),
	everyWire("usage in a stream only when asked for", async ({ client, model }) => {
		const request = { model, messages: user(prompts.hello), stream: true as const };
		const without = await collect(await client.chat.completions.create(request));
		assert.ok(without.every((chunk) => chunk.usage == null));
		assert.ok(without.every((chunk) => chunk.choices.length > 0));
		const asked = await collect(
			await client.chat.completions.create({ ...request, stream_options: { include_usage: true } }),
		);
		const last = asked.at(-1);
		assert.deepEqual(last?.choices, []);
		assert.deepEqual([last?.usage?.prompt_tokens, last?.usage?.completion_tokens], [11, 7]);
		assert.ok(asked.slice(0, -1).every((chunk) => chunk.usage == null));
	}),
	everyWire("system and developer messages", async (world) => {
		const { client, model } = world;
		await client.chat.completions.create({
			model,
			messages: [
				{ role: "system", content: "Rule one is to be brief." },
				{ role: "developer", content: "Rule two is to be kind." },
				...user(prompts.hello),
			],
		});
		assert.ok(reachedUpstream(world, "Rule one") && reachedUpstream(world, "Rule two"));
	}),
	everyWire("json_schema", async (world) => {
		const { client, model } = world;
		const completion = await client.chat.completions.parse({
			model,
			messages: user(prompts.extract),
			response_format: personFormat,
		});
		assert.deepEqual(JSON.parse(completion.choices[0]?.message.content ?? ""), answers.extract);
		assert.ok(reachedUpstream(world, '"age"'), "the schema did not reach the upstream");
	}),
	everyWire("image", async (world) => {
		const { client, model } = world;
		const completion = await client.chat.completions.create({
			model,
			messages: [
				{
					role: "user",
					content: [
						{ type: "text", text: prompts.picture },
						{ type: "image_url", image_url: { url: `data:image/png;base64,${redPixel}` } },
					],
				},
			],
		});
		assert.equal(completion.choices[0]?.message.content, answers.picture);
		assert.ok(reachedUpstream(world, redPixel), "the picture did not reach the upstream");
	}),
	everyWire("output limit and stop sequences", async ({ client, model }) => {
		const completion = await client.chat.completions.create({
			model,
			messages: user(prompts.hello),
			max_completion_tokens: 100,
			temperature: 0.5,
			stop: ["###"],
		});
		assert.equal(completion.choices[0]?.message.content, answers.hello);
	}),
	openaiWire("several choices", async ({ client, choicesModel: model }) => {
		const completion = await client.chat.completions.create({ model, messages: user("x"), n: 3 });
		assert.deepEqual(
			completion.choices.map(({ index, message }) => [index, message.content]),
			[0, 1, 2].map((index) => [index, `choice ${index}`]),
		);
		const chunks = await collect(
			await client.chat.completions.create({ model, messages: user("x"), n: 3, stream: true }),
		);
		const said = chunks.flatMap(({ choices }) =>
			choices.map(({ index, delta }) => `${index}${delta.content ?? ""}`),
		);
		assert.ok([0, 1, 2].every((index) => said.includes(`${index}choice ${index}`)));
	}),
	openaiWire("logprobs", async ({ client, choicesModel: model }) => {
		const completion = await client.chat.completions.create({
			model,
			messages: user("x"),
			logprobs: true,
			top_logprobs: 1,
		});
		assert.equal(completion.choices[0]?.logprobs?.content?.[0]?.logprob, -0.25);
	}),
	everyWire("headers that say who answered", async ({ client, model, wire }) => {
		const { request_id: requestId, response } = await client.chat.completions
			.create({ model, messages: user(prompts.hello) })
			.withResponse();
		assert.match(requestId ?? "", /^req_/);
		assert.equal(response.headers.get("x-llmproxy-provider"), wire);
		assert.equal(`${wire}/${response.headers.get("x-llmproxy-model")}`, model);
		assert.match(response.headers.get("x-llmproxy-cost-usd") ?? "", /^(?:\d+\.\d+|unknown)$/);
		assert.ok(Number(response.headers.get("x-llmproxy-overhead-ms")) >= 0);
	}),
	everyWire("the gateway's credentials upstream, the caller's nowhere", async (world) => {
		const { client, model, gateway, upstreamKey } = world;
		const { response } = await client.chat.completions
			.create({ model, messages: user(prompts.hello) })
			.withResponse();
		const sent = world.upstreamRequests().at(-1);
		const credentials = Object.values(sent?.headers ?? {}).filter((value) =>
			String(value).includes(upstreamKey),
		);
		assert.equal(credentials.length, 1);
		assert.ok(!JSON.stringify(sent).includes(gateway.key), "the caller's key reached the upstream");
		assert.ok(!sent?.path.includes(upstreamKey), "credentials do not belong into the address");
		assert.ok(![...response.headers.values()].some((value) => value.includes(upstreamKey)));
	}),
];
