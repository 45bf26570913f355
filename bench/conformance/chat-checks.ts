import assert from "node:assert/strict";
import type OpenAI from "openai";
import type { Check } from "./define-check.ts";
import { everyWire, openaiWire } from "./define-check.ts";
import { answers, helloTokens, personSchema, prompts, redPixel } from "./prompts.ts";
import type { Wire } from "./wires.ts";
import { translated } from "./wires.ts";
import type { World } from "./world.ts";

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;

export function user(content: string): { role: "user"; content: string }[] {
	return [{ role: "user", content }];
}

/** Whether the words arrived at the upstream, whatever its wire calls the field. */
export function reachedUpstream({ upstreamRequests }: World, words: string): boolean {
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
	json_schema: { name: "person", strict: true, schema: personSchema },
};

const withOneChoice: readonly Wire[] = ["anthropic", "cohere", "bedrock", "ollama"];

export const chatChecks: readonly Check[] = [
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
		assert.deepEqual(
			[prompt_tokens, completion_tokens, total_tokens],
			[helloTokens.input, helloTokens.output, helloTokens.input + helloTokens.output],
		);
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
		assert.deepEqual(
			[last?.usage?.prompt_tokens, last?.usage?.completion_tokens],
			[helloTokens.input, helloTokens.output],
		);
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
		assert.ok(
			reachedUpstream(world, "additionalProperties"),
			"the schema did not reach the upstream",
		);
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
	everyWire("an answer that its limit cut short", async ({ client, model }) => {
		const request = { model, messages: user(prompts.short), max_completion_tokens: 16 };
		const completion = await client.chat.completions.create(request);
		assert.equal(completion.choices[0]?.message.content, answers.short);
		assert.equal(completion.choices[0]?.finish_reason, "length");
		const chunks = await collect(
			await client.chat.completions.create({ ...request, stream: true }),
		);
		assert.equal(
			chunks.findLast(({ choices }) => choices.length > 0)?.choices[0]?.finish_reason,
			"length",
		);
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
	everyWire(
		"several choices where there is only one",
		async ({ client, model }) => {
			await client.chat.completions.create({ model, messages: user(prompts.hello), n: 2 });
		},
		{ on: withOneChoice, refusedBy: withOneChoice },
	),
	everyWire(
		"log probabilities where there are none",
		async ({ client, model }) => {
			await client.chat.completions.create({
				model,
				messages: user(prompts.hello),
				logprobs: true,
			});
		},
		{ on: translated, refusedBy: translated },
	),
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
	everyWire("headers that say who answered", async ({ client, model, provider }) => {
		const { request_id: requestId, response } = await client.chat.completions
			.create({ model, messages: user(prompts.hello) })
			.withResponse();
		assert.match(requestId ?? "", /^req_/);
		assert.equal(response.headers.get("x-llmproxy-provider"), provider);
		assert.equal(`${provider}/${response.headers.get("x-llmproxy-model")}`, model);
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
