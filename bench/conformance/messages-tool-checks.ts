import assert from "node:assert/strict";
import type Anthropic from "@anthropic-ai/sdk";
import { reachedUpstream } from "./chat-checks.ts";
import { collect } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import { anthropicClient, ask, textOf } from "./messages-checks.ts";
import { answers, citySchema, prompts, signature, weatherIn, weatherTool } from "./prompts.ts";
import type { Wire } from "./wires.ts";
import { wires } from "./wires.ts";
import type { World } from "./world.ts";

/** Chat Completions has no thinking to show, and the mock sends Cohere's as plain text. */
const wiresThatThink: readonly Wire[] = ["anthropic", "gemini", "bedrock", "ollama"];

const foreign: readonly Wire[] = wires.filter((wire) => wire !== "anthropic");

const tools: Anthropic.Tool[] = [
	{ ...weatherTool, input_schema: { ...citySchema, required: [...citySchema.required] } },
];

function callsOf({ content }: Anthropic.Message) {
	return content.filter((block) => block.type === "tool_use");
}

function citiesOf(message: Anthropic.Message): readonly unknown[] {
	return callsOf(message).map(({ name, input }) => {
		assert.equal(name, "get_weather");
		return (input as { city: unknown }).city;
	});
}

/** Asks, runs every tool that is called, and gives back what is said in the end. */
async function converse(world: World, prompt: string): Promise<Anthropic.Message> {
	const client = anthropicClient(world);
	const request = { ...ask(world, prompt), tools };
	const first = await client.messages.create(request);
	assert.equal(first.stop_reason, "tool_use");
	const results = callsOf(first).map(({ id, input }) => ({
		type: "tool_result" as const,
		tool_use_id: id,
		content: JSON.stringify(weatherIn((input as { city: string }).city)),
	}));
	return client.messages.create({
		...request,
		messages: [
			...request.messages,
			{ role: "assistant", content: first.content },
			{ role: "user", content: results },
		],
	});
}

export const messagesToolChecks: readonly Check[] = [
	everyWire("one tool call", async (world) => {
		const message = await anthropicClient(world).messages.create({
			...ask(world, prompts.weather),
			tools,
		});
		assert.equal(message.stop_reason, "tool_use");
		assert.deepEqual(citiesOf(message), ["Paris"]);
	}),
	everyWire("parallel tool calls", async (world) => {
		const message = await anthropicClient(world).messages.create({
			...ask(world, prompts.twoWeathers),
			tools,
		});
		assert.deepEqual(citiesOf(message), ["Paris", "Tokyo"]);
		assert.equal(new Set(callsOf(message).map(({ id }) => id)).size, 2);
	}),
	everyWire("streamed tool calls", async (world) => {
		const message = await anthropicClient(world)
			.messages.stream({ ...ask(world, prompts.twoWeathers), tools })
			.finalMessage();
		assert.deepEqual(citiesOf(message), ["Paris", "Tokyo"]);
		assert.equal(message.stop_reason, "tool_use");
	}),
	everyWire("a tool's result in a later turn", async (world) => {
		assert.equal(textOf(await converse(world, prompts.afterTool)), answers.afterTool);
	}),
	everyWire("results of parallel calls in a later turn", async (world) => {
		assert.equal(textOf(await converse(world, prompts.afterTools)), answers.afterTools);
	}),
	everyWire(
		"tools that only Anthropic runs",
		async (world) => {
			await anthropicClient(world).messages.create({
				...ask(world, prompts.hello),
				tools: [{ type: "web_search_20250305", name: "web_search" }],
			});
		},
		{ on: foreign, refusedBy: foreign },
	),
	everyWire(
		"a forced tool",
		async (world) => {
			const message = await anthropicClient(world).messages.create({
				...ask(world, prompts.weather),
				tools,
				tool_choice: { type: "tool", name: "get_weather" },
			});
			assert.deepEqual(citiesOf(message), ["Paris"]);
		},
		{ refusedBy: ["ollama"] },
	),
	everyWire(
		"thinking, in a stream too",
		async (world) => {
			const client = anthropicClient(world);
			const thinking = { type: "enabled", budget_tokens: 1024 } as const;
			const request = { ...ask(world, prompts.think), thinking };
			const whole = await client.messages.create(request);
			const events = await collect(await client.messages.create({ ...request, stream: true }));
			const [block] = whole.content.filter((part) => part.type === "thinking");
			assert.equal(textOf(whole), answers.think);
			assert.equal(block?.thinking, answers.thought);
			const streamed = events.flatMap((event) =>
				event.type === "content_block_delta" && event.delta.type === "thinking_delta"
					? [event.delta.thinking]
					: [],
			);
			assert.equal(streamed.join(""), answers.thought);
		},
		{ on: wiresThatThink },
	),
	everyWire(
		"signed thinking given back in a later turn",
		async (world) => {
			const client = anthropicClient(world);
			const thinking = { type: "enabled", budget_tokens: 1024 } as const;
			const request = { ...ask(world, prompts.think), thinking };
			const first = await client.messages.create(request);
			await client.messages.create({
				...request,
				messages: [
					...request.messages,
					{ role: "assistant", content: first.content },
					{ role: "user", content: prompts.hello },
				],
			});
			assert.ok(reachedUpstream(world, signature), "the proof of the thinking got lost");
		},
		{ on: ["anthropic"] },
	),
];
