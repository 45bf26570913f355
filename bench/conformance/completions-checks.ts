import assert from "node:assert/strict";
import { reachedUpstream } from "./chat-checks.ts";
import { collect } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import { answers, helloTokens, prompts } from "./prompts.ts";

export const completionsChecks: readonly Check[] = [
	everyWire("text", async ({ client, model }) => {
		const completion = await client.completions.create({ model, prompt: prompts.hello });
		assert.equal(completion.object, "text_completion");
		assert.equal(completion.choices[0]?.text, answers.hello);
		assert.equal(completion.choices[0]?.finish_reason, "stop");
		assert.deepEqual(
			[completion.usage?.prompt_tokens, completion.usage?.completion_tokens],
			[helloTokens.input, helloTokens.output],
		);
	}),
	everyWire("stream", async ({ client, model }) => {
		const chunks = await collect(
			await client.completions.create({ model, prompt: prompts.long, stream: true }),
		);
		assert.ok(chunks.length > 5, `only ${chunks.length} chunks`);
		assert.equal(chunks.map(({ choices }) => choices[0]?.text ?? "").join(""), answers.long);
		const last = chunks.findLast(({ choices }) => choices.length > 0);
		assert.equal(last?.choices[0]?.finish_reason, "stop");
	}),
	everyWire("usage in a stream", async ({ client, model }) => {
		const chunks = await collect(
			await client.completions.create({
				model,
				prompt: prompts.hello,
				stream: true,
				stream_options: { include_usage: true },
			}),
		);
		const { usage } = chunks.at(-1) ?? {};
		assert.deepEqual(
			[usage?.prompt_tokens, usage?.completion_tokens],
			[helloTokens.input, helloTokens.output],
		);
	}),
	everyWire("an answer that its limit cut short", async (world) => {
		const { client, model } = world;
		const completion = await client.completions.create({
			model,
			prompt: prompts.short,
			max_tokens: 16,
			stop: ["###"],
		});
		assert.equal(completion.choices[0]?.text, answers.short);
		assert.equal(completion.choices[0]?.finish_reason, "length");
		assert.ok(reachedUpstream(world, "###"), "the stop sequence did not reach the upstream");
	}),
];
