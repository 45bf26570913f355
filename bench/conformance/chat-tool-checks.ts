import assert from "node:assert/strict";
import type OpenAI from "openai";
import { collect, user } from "./chat-checks.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import { answers, citySchema, prompts, weatherIn, weatherTool } from "./prompts.ts";

const tools: OpenAI.Chat.Completions.ChatCompletionTool[] = [
	{ type: "function", function: { ...weatherTool, parameters: citySchema } },
];

function cities(
	calls: readonly { function?: { name?: string; arguments?: string } }[],
): readonly unknown[] {
	return calls.map((call) => {
		assert.equal(call.function?.name, "get_weather");
		return (JSON.parse(call.function?.arguments ?? "") as { city: unknown }).city;
	});
}

/** Only function tools are ever offered here. */
function functionCalls(message: OpenAI.Chat.Completions.ChatCompletionMessage | undefined) {
	return (message?.tool_calls ?? []).filter((call) => call.type === "function");
}

/** The calls of a streamed answer, put together as the SDK's users do it. */
function joinedCalls(chunks: readonly OpenAI.Chat.Completions.ChatCompletionChunk[]) {
	const calls: { id: string; function: { name: string; arguments: string } }[] = [];
	for (const { choices } of chunks) {
		for (const delta of choices[0]?.delta.tool_calls ?? []) {
			const call = calls[delta.index] ?? { id: "", function: { name: "", arguments: "" } };
			call.id ||= delta.id ?? "";
			call.function.name += delta.function?.name ?? "";
			call.function.arguments += delta.function?.arguments ?? "";
			calls[delta.index] = call;
		}
	}
	return calls;
}

export const chatToolChecks: readonly Check[] = [
	everyWire("one tool call", async ({ client, model }) => {
		const completion = await client.chat.completions.create({
			model,
			tools,
			messages: user(prompts.weather),
		});
		const [choice] = completion.choices;
		assert.equal(choice?.finish_reason, "tool_calls");
		const calls = functionCalls(choice?.message);
		assert.deepEqual(cities(calls), ["Paris"]);
		assert.ok((calls[0]?.id ?? "").length > 0);
	}),
	everyWire("parallel tool calls", async ({ client, model }) => {
		const completion = await client.chat.completions.create({
			model,
			tools,
			messages: user(prompts.twoWeathers),
			parallel_tool_calls: true,
		});
		const calls = functionCalls(completion.choices[0]?.message);
		assert.deepEqual(cities(calls), ["Paris", "Tokyo"]);
		assert.equal(new Set(calls.map(({ id }) => id)).size, 2);
	}),
	everyWire("streamed tool calls", async ({ client, model }) => {
		const chunks = await collect(
			await client.chat.completions.create({
				model,
				tools,
				messages: user(prompts.twoWeathers),
				stream: true,
			}),
		);
		const calls = joinedCalls(chunks);
		assert.deepEqual(cities(calls), ["Paris", "Tokyo"]);
		assert.ok(calls.every(({ id }) => id !== ""));
		assert.equal(
			chunks.findLast(({ choices }) => choices.length > 0)?.choices[0]?.finish_reason,
			"tool_calls",
		);
	}),
	everyWire("a tool's result in a later turn", async ({ client, model }) => {
		const messages: OpenAI.Chat.Completions.ChatCompletionMessageParam[] = user(prompts.afterTool);
		const first = await client.chat.completions.create({ model, tools, messages });
		const message = first.choices[0]?.message;
		const [call] = functionCalls(message);
		assert.ok(message !== undefined && call !== undefined);
		messages.push(message, { role: "tool", tool_call_id: call.id, content: '{"celsius":21}' });
		const second = await client.chat.completions.create({ model, tools, messages });
		assert.equal(second.choices[0]?.message.content, answers.afterTool);
		assert.equal(second.choices[0]?.finish_reason, "stop");
	}),
	everyWire("results of parallel calls in a later turn", async ({ client, model }) => {
		const messages: OpenAI.Chat.Completions.ChatCompletionMessageParam[] = user(prompts.afterTools);
		const first = await client.chat.completions.create({ model, tools, messages });
		const message = first.choices[0]?.message;
		assert.ok(message !== undefined);
		messages.push(message);
		for (const call of functionCalls(message)) {
			const { city } = JSON.parse(call.function.arguments) as { city: string };
			const content = JSON.stringify(weatherIn(city));
			messages.push({ role: "tool", tool_call_id: call.id, content });
		}
		const second = await client.chat.completions.create({ model, tools, messages });
		assert.equal(second.choices[0]?.message.content, answers.afterTools);
	}),
	everyWire(
		"a forced tool",
		async ({ client, model }) => {
			const completion = await client.chat.completions.create({
				model,
				tools,
				tool_choice: { type: "function", function: { name: "get_weather" } },
				messages: user(prompts.weather),
			});
			assert.deepEqual(cities(functionCalls(completion.choices[0]?.message)), ["Paris"]);
		},
		{ refusedBy: ["ollama"] },
	),
];
