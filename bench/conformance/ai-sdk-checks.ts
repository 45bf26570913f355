import assert from "node:assert/strict";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModel } from "ai";
import { APICallError, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from "ai";
import { reachedUpstream } from "./chat-checks.ts";
import { collect, failureOf } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import {
	answers,
	citySchema,
	helloTokens,
	personSchema,
	prompts,
	redPixel,
	weatherIn,
	weatherTool,
} from "./prompts.ts";
import type { Wire } from "./wires.ts";
import type { World } from "./world.ts";

type ModelOf = (world: World, model?: string) => LanguageModel;

/** One of the SDK's ways to a model. */
interface Way {
	readonly modelOf: ModelOf;
	/** Wires that cannot be held to one call of one tool, which is how this way asks for objects. */
	readonly withoutObjects: readonly Wire[];
}

const chatModel: ModelOf = ({ gateway, model }, name = model) =>
	createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key }).chat(name);

const responsesModel: ModelOf = ({ gateway, model }, name = model) =>
	createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key }).responses(name);

const anthropicModel: ModelOf = ({ gateway, model }, name = model) =>
	createAnthropic({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key })(name);

export const chatWay: Way = { modelOf: chatModel, withoutObjects: [] };
export const responsesWay: Way = { modelOf: responsesModel, withoutObjects: [] };
export const anthropicWay: Way = {
	modelOf: anthropicModel,
	withoutObjects: ["gemini", "cohere", "ollama"],
};

const options = {
	maxRetries: 0,
	maxOutputTokens: 2048,
	// Only OpenAI keeps what was said; other models have to be told again.
	providerOptions: { openai: { store: false } },
};

const tools = {
	[weatherTool.name]: tool({
		description: weatherTool.description,
		inputSchema: jsonSchema<{ city: string }>({
			...citySchema,
			required: [...citySchema.required],
		}),
		execute: ({ city }) => weatherIn(city),
	}),
};

const person = Output.object({
	schema: jsonSchema<{ name: string; age: number }>({
		...personSchema,
		required: [...personSchema.required],
	}),
});

/** The same for each of the SDK's ways to a model: what programs do with them does not differ. */
export function aiSdkChecks(way: Way): readonly Check[] {
	return [...textChecks(way), ...loopChecks(way), ...contentChecks(way)];
}

function textChecks({ modelOf }: Way): readonly Check[] {
	return [
		everyWire("generateText", async (world) => {
			const result = await generateText({
				model: modelOf(world),
				prompt: prompts.hello,
				...options,
			});
			assert.equal(result.text, answers.hello);
			assert.equal(result.finishReason, "stop");
			assert.deepEqual(
				[result.usage.inputTokens, result.usage.outputTokens],
				[helloTokens.input, helloTokens.output],
			);
		}),
		everyWire("streamText", async (world) => {
			const result = streamText({ model: modelOf(world), prompt: prompts.long, ...options });
			const pieces = await collect(result.textStream);
			assert.ok(pieces.length > 3, `only ${pieces.length} pieces`);
			assert.equal(pieces.join(""), answers.long);
			assert.equal(await result.finishReason, "stop");
		}),
	];
}

function loopChecks({ modelOf }: Way): readonly Check[] {
	return [
		everyWire("a loop of tool calls", async (world) => {
			const result = await generateText({
				model: modelOf(world),
				prompt: prompts.afterTools,
				tools,
				stopWhen: stepCountIs(3),
				...options,
			});
			assert.equal(result.text, answers.afterTools);
			assert.equal(result.steps.length, 2);
			assert.equal(result.steps[0]?.toolCalls.length, 2);
		}),
		everyWire("a streamed loop of tool calls", async (world) => {
			const result = streamText({
				model: modelOf(world),
				prompt: prompts.afterTools,
				tools,
				stopWhen: stepCountIs(3),
				...options,
			});
			assert.equal((await collect(result.textStream)).join(""), answers.afterTools);
			assert.equal((await result.steps).length, 2);
		}),
	];
}

function contentChecks({ modelOf, withoutObjects }: Way): readonly Check[] {
	return [
		everyWire(
			"an object by a schema",
			async (world) => {
				const result = await generateText({
					model: modelOf(world),
					prompt: prompts.extract,
					output: person,
					...options,
				});
				assert.deepEqual(result.output, answers.extract);
			},
			{ refusedBy: withoutObjects },
		),
		everyWire("image", async (world) => {
			const result = await generateText({
				model: modelOf(world),
				...options,
				messages: [
					{
						role: "user",
						content: [
							{ type: "text", text: prompts.picture },
							{ type: "file", data: redPixel, mediaType: "image/png" },
						],
					},
				],
			});
			assert.equal(result.text, answers.picture);
			assert.ok(reachedUpstream(world, redPixel), "the picture did not reach the upstream");
		}),
		everyWire("an upstream's 400", async (world) => {
			const error = await failureOf(
				generateText({
					model: modelOf(world, world.brittle()),
					prompt: prompts.badRequest,
					...options,
					maxRetries: 2,
				}),
				APICallError,
			);
			assert.deepEqual([error.statusCode, error.isRetryable], [400, false]);
			assert.match(error.message, /does not like this/);
		}),
	];
}
