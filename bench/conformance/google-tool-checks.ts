import assert from "node:assert/strict";
import type { Content, GenerateContentResponse, Tool } from "@google/genai";
import { FunctionCallingConfigMode } from "@google/genai";
import { reachedUpstream } from "./chat-checks.ts";
import { collect } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import { googleClient, textOf } from "./google-dialogue.ts";
import { answers, citySchema, prompts, signature, weatherIn, weatherTool } from "./prompts.ts";
import type { Wire } from "./wires.ts";
import { wires } from "./wires.ts";
import type { World } from "./world.ts";

/** Chat Completions has no thinking to show, and the mock sends Cohere's as plain text. */
const wiresThatThink: readonly Wire[] = ["anthropic", "gemini", "bedrock", "ollama"];

const foreign: readonly Wire[] = wires.filter((wire) => wire !== "gemini");

const weather: Tool = {
	functionDeclarations: [{ ...weatherTool, parametersJsonSchema: citySchema }],
};
const config = { tools: [weather] };

function citiesOf(answer: GenerateContentResponse): readonly unknown[] {
	return (answer.functionCalls ?? []).map(({ name, args }) => {
		assert.equal(name, "get_weather");
		return args?.["city"];
	});
}

/** Asks, runs every tool that is called, and gives back what is said in the end. */
async function converse(world: World, prompt: string): Promise<GenerateContentResponse> {
	const { models } = googleClient(world);
	const question: Content = { role: "user", parts: [{ text: prompt }] };
	const first = await models.generateContent({ model: world.model, contents: [question], config });
	const results = (first.functionCalls ?? []).map(({ id, name, args }) => ({
		functionResponse: {
			...(id !== undefined && { id }),
			name: name ?? "",
			response: { ...weatherIn(String(args?.["city"])) },
		},
	}));
	assert.ok(results.length > 0, "no tool was called");
	return models.generateContent({
		model: world.model,
		contents: [question, first.candidates?.[0]?.content ?? {}, { role: "user", parts: results }],
		config,
	});
}

export const googleToolChecks: readonly Check[] = [
	everyWire("one function call", async (world) => {
		const answer = await googleClient(world).models.generateContent({
			model: world.model,
			contents: prompts.weather,
			config,
		});
		assert.deepEqual(citiesOf(answer), ["Paris"]);
	}),
	everyWire("parallel function calls", async (world) => {
		const answer = await googleClient(world).models.generateContent({
			model: world.model,
			contents: prompts.twoWeathers,
			config,
		});
		assert.deepEqual(citiesOf(answer), ["Paris", "Tokyo"]);
	}),
	everyWire("streamed function calls", async (world) => {
		const chunks = await collect(
			await googleClient(world).models.generateContentStream({
				model: world.model,
				contents: prompts.twoWeathers,
				config,
			}),
		);
		assert.deepEqual(chunks.flatMap(citiesOf), ["Paris", "Tokyo"]);
	}),
	everyWire("a function's result in a later turn", async (world) => {
		assert.equal(textOf(await converse(world, prompts.afterTool)), answers.afterTool);
	}),
	everyWire("results of parallel calls in a later turn", async (world) => {
		assert.equal(textOf(await converse(world, prompts.afterTools)), answers.afterTools);
	}),
	everyWire("functions that the SDK calls itself", async (world) => {
		const answer = await googleClient(world).models.generateContent({
			model: world.model,
			contents: prompts.afterTools,
			config: {
				tools: [
					{
						tool: async () => weather,
						callTool: async (calls) =>
							calls.map(({ id, name, args }) => ({
								functionResponse: {
									...(id !== undefined && { id }),
									name: name ?? "",
									response: { ...weatherIn(String(args?.["city"])) },
								},
							})),
					},
				],
			},
		});
		assert.equal(textOf(answer), answers.afterTools);
	}),
	everyWire(
		"a forced function",
		async (world) => {
			const functionCallingConfig = {
				mode: FunctionCallingConfigMode.ANY,
				allowedFunctionNames: ["get_weather"],
			};
			const answer = await googleClient(world).models.generateContent({
				model: world.model,
				contents: prompts.weather,
				config: { ...config, toolConfig: { functionCallingConfig } },
			});
			assert.deepEqual(citiesOf(answer), ["Paris"]);
		},
		{ refusedBy: ["ollama"] },
	),
	everyWire(
		"tools that only Google runs",
		async (world) => {
			await googleClient(world).models.generateContent({
				model: world.model,
				contents: prompts.hello,
				config: { tools: [{ googleSearch: {} }] },
			});
			assert.ok(reachedUpstream(world, "googleSearch"), "the tool got lost");
		},
		{ refusedBy: foreign },
	),
	everyWire(
		"thoughts, in a stream too",
		async (world) => {
			const { models } = googleClient(world);
			const request = {
				model: world.model,
				contents: prompts.think,
				config: { thinkingConfig: { thinkingBudget: 1024, includeThoughts: true } },
			};
			const whole = await models.generateContent(request);
			assert.equal(textOf(whole), answers.think);
			assert.equal(thoughtOf(whole), answers.thought);
			const chunks = await collect(await models.generateContentStream(request));
			assert.equal(chunks.map(thoughtOf).join(""), answers.thought);
		},
		{ on: wiresThatThink },
	),
	everyWire(
		"signed thoughts given back in a later turn",
		async (world) => {
			const { models } = googleClient(world);
			const thinking = { thinkingConfig: { thinkingBudget: 1024, includeThoughts: true } };
			const question: Content = { role: "user", parts: [{ text: prompts.think }] };
			const request = { model: world.model, config: thinking };
			const first = await models.generateContent({ ...request, contents: [question] });
			await models.generateContent({
				...request,
				contents: [
					question,
					first.candidates?.[0]?.content ?? {},
					{ role: "user", parts: [{ text: prompts.hello }] },
				],
			});
			assert.ok(reachedUpstream(world, signature), "the proof of the thinking got lost");
		},
		{ on: ["anthropic"] },
	),
];

function thoughtOf({ candidates }: GenerateContentResponse): string {
	const parts = candidates?.[0]?.content?.parts ?? [];
	return parts.map(({ thought, text }) => (thought === true ? (text ?? "") : "")).join("");
}
