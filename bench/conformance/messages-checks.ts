import assert from "node:assert/strict";
import Anthropic from "@anthropic-ai/sdk";
import { reachedUpstream } from "./chat-checks.ts";
import { collect, failureOf } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire, openaiWire } from "./define-check.ts";
import { answers, helloTokens, personSchema, prompts, redPixel } from "./prompts.ts";
import type { World } from "./world.ts";

/** Anthropic's SDK as its users make it, but for the address and the key. */
export function anthropicClient({ gateway }: World, options: { maxRetries?: number } = {}) {
	return new Anthropic({
		baseURL: gateway.url,
		apiKey: gateway.key,
		maxRetries: options.maxRetries ?? 0,
		timeout: 15_000,
	});
}

export function ask({ model }: Pick<World, "model">, content: string) {
	return { model, max_tokens: 2048, messages: [{ role: "user" as const, content }] };
}

export function textOf({ content }: Anthropic.Message): string {
	return content.map((block) => (block.type === "text" ? block.text : "")).join("");
}

export const messagesChecks: readonly Check[] = [
	everyWire("text", async (world) => {
		const message = await anthropicClient(world).messages.create(ask(world, prompts.hello));
		assert.deepEqual([message.type, message.role], ["message", "assistant"]);
		assert.equal(textOf(message), answers.hello);
		assert.equal(message.stop_reason, "end_turn");
		assert.deepEqual(
			[message.usage.input_tokens, message.usage.output_tokens],
			[helloTokens.input, helloTokens.output],
		);
	}),
	everyWire("stream of events in Anthropic's order", async (world) => {
		const events = await collect(
			await anthropicClient(world).messages.create({ ...ask(world, prompts.long), stream: true }),
		);
		assert.equal(events[0]?.type, "message_start");
		assert.equal(events.at(-1)?.type, "message_stop");
		const said = events.flatMap((event) =>
			event.type === "content_block_delta" && event.delta.type === "text_delta"
				? [event.delta.text]
				: [],
		);
		assert.ok(said.length > 5, `only ${said.length} deltas`);
		assert.equal(said.join(""), answers.long);
	}),
	everyWire("the SDK's own stream helper, with usage", async (world) => {
		const stream = anthropicClient(world).messages.stream(ask(world, prompts.hello));
		const message = await stream.finalMessage();
		assert.equal(textOf(message), answers.hello);
		assert.equal(message.stop_reason, "end_turn");
		assert.equal(message.usage.output_tokens, helloTokens.output);
	}),
	everyWire("system prompt", async (world) => {
		await anthropicClient(world).messages.create({
			...ask(world, prompts.hello),
			system: [{ type: "text", text: "Rule one is to be brief." }],
		});
		assert.ok(reachedUpstream(world, "Rule one"), "the system prompt did not reach the upstream");
	}),
	everyWire("an answer that its limit cut short", async (world) => {
		const message = await anthropicClient(world).messages.create(ask(world, prompts.short));
		assert.equal(textOf(message), answers.short);
		assert.equal(message.stop_reason, "max_tokens");
	}),
	everyWire("image", async (world) => {
		const source = { type: "base64", media_type: "image/png", data: redPixel } as const;
		const message = await anthropicClient(world).messages.create({
			...ask(world, ""),
			messages: [
				{
					role: "user",
					content: [
						{ type: "image", source },
						{ type: "text", text: prompts.picture },
					],
				},
			],
		});
		assert.equal(textOf(message), answers.picture);
		assert.ok(reachedUpstream(world, redPixel), "the picture did not reach the upstream");
	}),
	everyWire("JSON by a schema", async (world) => {
		const message = await anthropicClient(world).messages.create({
			...ask(world, prompts.extract),
			output_config: { format: { type: "json_schema", schema: personSchema } },
		});
		assert.deepEqual(JSON.parse(textOf(message)), answers.extract);
		assert.ok(reachedUpstream(world, "additionalProperties"), "the schema got lost");
	}),
	everyWire("count of tokens", async (world) => {
		const { model, messages } = ask(world, prompts.hello);
		const count = await anthropicClient(world).messages.countTokens({ model, messages });
		assert.ok(count.input_tokens > 0);
	}),
	everyWire("list of models", async (world) => {
		const models = await collect(anthropicClient(world).models.list());
		assert.equal(models.find(({ id }) => id === world.model)?.type, "model");
	}),
	openaiWire("a wrong key", async ({ gateway, model }) => {
		const client = new Anthropic({
			baseURL: gateway.url,
			apiKey: "sk-llmproxy-wrong00000-thiskeydoesnotexist",
			maxRetries: 0,
		});
		const error = await failureOf(
			client.messages.create(ask({ model }, "x")),
			Anthropic.AuthenticationError,
		);
		assert.equal(error.type, "authentication_error");
		assert.match(error.requestID ?? "", /^req_/);
	}),
	openaiWire("an unknown model", async (world) => {
		await failureOf(
			anthropicClient(world).messages.create(ask({ model: "openai/no-such-model" }, "x")),
			Anthropic.NotFoundError,
		);
	}),
	everyWire("an upstream's 400", async (world) => {
		const error = await failureOf(
			anthropicClient(world).messages.create(ask({ model: world.brittle() }, prompts.badRequest)),
			Anthropic.BadRequestError,
		);
		assert.equal(error.type, "invalid_request_error");
		assert.match(error.message, /does not like this/);
	}),
	everyWire("an upstream's 429", async (world) => {
		await failureOf(
			anthropicClient(world).messages.create(ask({ model: world.brittle() }, prompts.limited)),
			Anthropic.RateLimitError,
		);
	}),
	everyWire("hanging up in the middle of a stream", async (world) => {
		const stream = anthropicClient(world).messages.stream(ask(world, prompts.slow));
		stream.on("text", () => stream.abort());
		await failureOf(stream.done(), Anthropic.APIUserAbortError);
	}),
];
