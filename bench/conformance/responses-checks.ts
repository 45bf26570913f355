import assert from "node:assert/strict";
import type OpenAI from "openai";
import { APIUserAbortError } from "openai";
import { reachedUpstream } from "./chat-checks.ts";
import { collect } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import {
	answers,
	citySchema,
	helloTokens,
	personSchema,
	prompts,
	redPixel,
	signature,
	weatherIn,
	weatherTool,
} from "./prompts.ts";
import { translated } from "./wires.ts";

type Event = OpenAI.Responses.ResponseStreamEvent;

const tools: OpenAI.Responses.FunctionTool[] = [
	{ type: "function", ...weatherTool, parameters: citySchema, strict: true },
];

const personFormat = {
	type: "json_schema" as const,
	name: "person",
	strict: true,
	schema: personSchema,
};

function callsOf({ output }: OpenAI.Responses.Response) {
	return output.filter((item) => item.type === "function_call");
}

function citiesOf(calls: readonly { readonly arguments: string }[]): readonly unknown[] {
	return calls.map((call) => (JSON.parse(call.arguments) as { city: unknown }).city);
}

function endOf(events: readonly Event[]): OpenAI.Responses.Response {
	const last = events.at(-1);
	assert.ok(last?.type === "response.completed" || last?.type === "response.incomplete");
	return last.response;
}

/** The conversation after the model's calls, with the results of each of them. */
function answered(input: OpenAI.Responses.ResponseInput, response: OpenAI.Responses.Response) {
	const results = callsOf(response).map((call) => {
		const { city } = JSON.parse(call.arguments) as { city: string };
		const output = JSON.stringify(weatherIn(city));
		return { type: "function_call_output" as const, call_id: call.call_id, output };
	});
	return [...input, ...response.output, ...results] as OpenAI.Responses.ResponseInput;
}

export const responsesChecks: readonly Check[] = [
	everyWire("text", async ({ client, model }) => {
		const response = await client.responses.create({ model, input: prompts.hello });
		assert.deepEqual([response.object, response.status], ["response", "completed"]);
		assert.equal(response.output_text, answers.hello);
		assert.deepEqual(
			[response.usage?.input_tokens, response.usage?.output_tokens],
			[helloTokens.input, helloTokens.output],
		);
	}),
	everyWire("stream of typed events", async ({ client, model }) => {
		const events = await collect(
			await client.responses.create({ model, input: prompts.long, stream: true }),
		);
		assert.equal(events[0]?.type, "response.created");
		const deltas = events.filter((event) => event.type === "response.output_text.delta");
		assert.ok(deltas.length > 5, `only ${deltas.length} deltas`);
		assert.equal(deltas.map(({ delta }) => delta).join(""), answers.long);
		const [done] = events.filter((event) => event.type === "response.output_text.done");
		assert.equal(done?.text, answers.long);
		assert.equal(endOf(events).status, "completed");
	}),
	// OpenAI's own answers are forwarded as sent, and the mock does not number events.
	everyWire(
		"numbers that rise with each event",
		async ({ client, model }) => {
			const events = await collect(
				await client.responses.create({ model, input: prompts.long, stream: true }),
			);
			const numbers = events.map((event) => event.sequence_number);
			assert.deepEqual(numbers, [...numbers.keys()]);
		},
		{ on: translated },
	),
	everyWire("the SDK's own stream helper", async ({ client, model }) => {
		const stream = client.responses.stream({ model, input: prompts.long });
		const response = await stream.finalResponse();
		assert.equal(response.output_text, answers.long);
	}),
	everyWire("usage in a stream", async ({ client, model }) => {
		const events = await collect(
			await client.responses.create({ model, input: prompts.hello, stream: true }),
		);
		const { usage } = endOf(events);
		assert.deepEqual(
			[usage?.input_tokens, usage?.output_tokens],
			[helloTokens.input, helloTokens.output],
		);
	}),
	everyWire("instructions", async (world) => {
		const { client, model } = world;
		await client.responses.create({
			model,
			instructions: "Rule one is to be brief.",
			input: prompts.hello,
		});
		assert.ok(reachedUpstream(world, "Rule one"), "the instructions did not reach the upstream");
	}),
	everyWire("an answer that its limit cut short", async ({ client, model, wire }) => {
		const response = await client.responses.create({
			model,
			input: prompts.short,
			max_output_tokens: 16,
		});
		assert.equal(response.status, "incomplete");
		// Forwarded as sent from OpenAI, and the mock gives no reason.
		if (wire !== "openai") {
			assert.equal(response.incomplete_details?.reason, "max_output_tokens");
		}
		assert.equal(response.output_text, answers.short);
	}),
	everyWire("json_schema", async (world) => {
		const { client, model } = world;
		const response = await client.responses.parse({
			model,
			input: prompts.extract,
			text: { format: personFormat },
		});
		assert.deepEqual(JSON.parse(response.output_text), answers.extract);
		assert.ok(reachedUpstream(world, "additionalProperties"), "the schema got lost");
	}),
	everyWire("image", async (world) => {
		const { client, model } = world;
		const response = await client.responses.create({
			model,
			input: [
				{
					role: "user",
					content: [
						{ type: "input_text", text: prompts.picture },
						{
							type: "input_image",
							detail: "auto",
							image_url: `data:image/png;base64,${redPixel}`,
						},
					],
				},
			],
		});
		assert.equal(response.output_text, answers.picture);
		assert.ok(reachedUpstream(world, redPixel), "the picture did not reach the upstream");
	}),
	everyWire("parallel tool calls", async ({ client, model }) => {
		const response = await client.responses.create({ model, tools, input: prompts.twoWeathers });
		const calls = callsOf(response);
		assert.deepEqual(citiesOf(calls), ["Paris", "Tokyo"]);
		assert.equal(new Set(calls.map((call) => call.call_id)).size, 2);
	}),
	everyWire("streamed tool calls", async ({ client, model }) => {
		const events = await collect(
			await client.responses.create({
				model,
				tools,
				input: prompts.twoWeathers,
				stream: true,
			}),
		);
		const done = events.filter((event) => event.type === "response.function_call_arguments.done");
		assert.deepEqual(citiesOf(done), ["Paris", "Tokyo"]);
		assert.deepEqual(citiesOf(callsOf(endOf(events))), ["Paris", "Tokyo"]);
	}),
	everyWire("results of parallel calls in a later turn", async ({ client, model }) => {
		const input = [{ role: "user" as const, content: prompts.afterTools }];
		const first = await client.responses.create({ model, tools, input });
		const second = await client.responses.create({ model, tools, input: answered(input, first) });
		assert.equal(second.output_text, answers.afterTools);
	}),
	everyWire(
		"reasoning, given back in a later turn",
		async (world) => {
			const { client, model, wire } = world;
			const request = {
				model,
				include: ["reasoning.encrypted_content" as const],
				reasoning: { effort: "low" as const, summary: "auto" as const },
				store: false,
			};
			const input = [{ role: "user" as const, content: prompts.think }];
			const first = await client.responses.create({ ...request, input });
			assert.equal(first.output_text, answers.think);
			const [item] = first.output.filter(({ type }) => type === "reasoning");
			assert.ok(JSON.stringify(item).includes(answers.thought), "the thinking is missing");
			const second = await client.responses.create({
				...request,
				input: [...answered(input, first), { role: "user", content: prompts.hello }],
			});
			assert.equal(second.output_text, answers.hello);
			if (wire === "anthropic") assert.ok(reachedUpstream(world, signature), "the proof got lost");
		},
		// The mock sends Cohere's thinking as plain text.
		{ on: ["openai", "anthropic", "gemini", "bedrock", "ollama"] },
	),
	everyWire(
		"state that only OpenAI keeps",
		async ({ client, model }) => {
			await client.responses.create({
				model,
				input: prompts.hello,
				previous_response_id: "resp_1",
			});
		},
		{ on: translated, refusedBy: translated },
	),
	everyWire(
		"tools that only OpenAI runs",
		async ({ client, model }) => {
			await client.responses.create({
				model,
				input: prompts.hello,
				tools: [{ type: "web_search" }],
			});
		},
		{ on: translated, refusedBy: translated },
	),
	everyWire("hanging up in the middle of a stream", async ({ client, model }) => {
		const stream = await client.responses.create({ model, input: prompts.slow, stream: true });
		let events = 0;
		try {
			for await (const _event of stream) {
				events += 1;
				if (events === 4) stream.controller.abort();
			}
		} catch (error) {
			assert.ok(error instanceof APIUserAbortError);
		}
		assert.equal(events, 4);
	}),
];
