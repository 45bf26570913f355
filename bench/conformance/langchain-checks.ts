import assert from "node:assert/strict";
import type { UsageMetadata } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { createAgent, tool } from "langchain";
import { collect } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import {
	answers,
	citySchema,
	helloTokens,
	personSchema,
	prompts,
	weatherIn,
	weatherTool,
} from "./prompts.ts";
import type { World } from "./world.ts";

function modelOf({ gateway, model }: World): ChatOpenAI {
	return new ChatOpenAI({
		model,
		apiKey: gateway.key,
		maxRetries: 0,
		configuration: { baseURL: `${gateway.url}/v1` },
	});
}

const weather = tool(
	(input: unknown) => JSON.stringify(weatherIn((input as { city: string }).city)),
	{ ...weatherTool, schema: citySchema },
);

export const langchainChecks: readonly Check[] = [
	everyWire("invoke", async (world) => {
		const message = await modelOf(world).invoke(prompts.hello);
		assert.equal(message.text, answers.hello);
		const usage = message.usage_metadata as UsageMetadata | undefined;
		assert.deepEqual(
			[usage?.input_tokens, usage?.output_tokens],
			[helloTokens.input, helloTokens.output],
		);
	}),
	everyWire("stream", async (world) => {
		const chunks = await collect(await modelOf(world).stream(prompts.long));
		assert.ok(chunks.length > 3, `only ${chunks.length} chunks`);
		assert.equal(chunks.map((chunk) => chunk.text).join(""), answers.long);
	}),
	everyWire("bound tools", async (world) => {
		const message = await modelOf(world).bindTools([weather]).invoke(prompts.twoWeathers);
		assert.deepEqual(
			message.tool_calls?.map(({ name, args }) => [name, args["city"]]),
			[
				["get_weather", "Paris"],
				["get_weather", "Tokyo"],
			],
		);
	}),
	everyWire("an agent that runs tools", async (world) => {
		const agent = createAgent({ model: modelOf(world), tools: [weather] });
		const { messages } = await agent.invoke({
			messages: [{ role: "user", content: prompts.afterTools }],
		});
		assert.equal(messages.at(-1)?.text, answers.afterTools);
	}),
	everyWire("structured output", async (world) => {
		const model = modelOf(world).withStructuredOutput(personSchema, {
			name: "person",
			method: "jsonSchema",
		});
		assert.deepEqual(await model.invoke(prompts.extract), answers.extract);
	}),
];
