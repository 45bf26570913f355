import assert from "node:assert/strict";
import { FinishReason, HarmBlockThreshold, HarmCategory } from "@google/genai";
import { reachedUpstream } from "./chat-checks.ts";
import { collect } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire, openaiWire } from "./define-check.ts";
import { googleClient, refusalOf, textOf } from "./google-dialogue.ts";
import { answers, helloTokens, personSchema, prompts, redPixel } from "./prompts.ts";
import type { Wire } from "./wires.ts";
import { wires } from "./wires.ts";
import type { World } from "./world.ts";

/** Wires that give one answer per request. */
const singular: readonly Wire[] = ["anthropic", "cohere", "bedrock", "ollama"];
const foreign: readonly Wire[] = wires.filter((wire) => wire !== "gemini");

function ask({ model }: Pick<World, "model">, contents: string) {
	return { model, contents };
}

export const googleChecks: readonly Check[] = [
	everyWire("text", async (world) => {
		const answer = await googleClient(world).models.generateContent(ask(world, prompts.hello));
		assert.equal(textOf(answer), answers.hello);
		const [candidate] = answer.candidates ?? [];
		assert.equal(candidate?.content?.role, "model");
		assert.equal(candidate?.finishReason, FinishReason.STOP);
		assert.deepEqual(
			[answer.usageMetadata?.promptTokenCount, answer.usageMetadata?.candidatesTokenCount],
			[helloTokens.input, helloTokens.output],
		);
	}),
	everyWire("stream", async (world) => {
		const stream = await googleClient(world).models.generateContentStream(ask(world, prompts.long));
		const chunks = await collect(stream);
		assert.ok(chunks.length > 5, `only ${chunks.length} chunks`);
		assert.equal(chunks.map(textOf).join(""), answers.long);
		assert.equal(chunks.at(-1)?.candidates?.[0]?.finishReason, FinishReason.STOP);
		assert.ok(chunks.at(-1)?.usageMetadata?.totalTokenCount, "no usage");
	}),
	everyWire("stream without events, as one JSON array", async ({ gateway, model }) => {
		const path = `/v1beta/models/${model}:streamGenerateContent`;
		const response = await fetch(`${gateway.url}${path}`, {
			method: "POST",
			headers: { "x-goog-api-key": gateway.key, "content-type": "application/json" },
			body: JSON.stringify({ contents: [{ parts: [{ text: prompts.hello }] }] }),
		});
		const chunks = (await response.json()) as Chunk[];
		const said = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
		assert.equal(said.map(({ text }) => text ?? "").join(""), answers.hello);
	}),
	everyWire("the first version of the API", async (world) => {
		const client = googleClient(world, { apiVersion: "v1" });
		const answer = await client.models.generateContent(ask(world, prompts.hello));
		assert.equal(textOf(answer), answers.hello);
	}),
	everyWire("system instruction", async (world) => {
		await googleClient(world).models.generateContent({
			...ask(world, prompts.hello),
			config: { systemInstruction: "Rule one is to be brief." },
		});
		assert.ok(reachedUpstream(world, "Rule one"), "the instruction did not reach the upstream");
	}),
	everyWire("chat over several turns, streamed", async (world) => {
		const chat = googleClient(world).chats.create({ model: world.model });
		await collect(await chat.sendMessageStream({ message: prompts.long }));
		const answer = await chat.sendMessage({ message: prompts.hello });
		assert.equal(textOf(answer), answers.hello);
		assert.ok(reachedUpstream(world, answers.long.slice(0, 6)), "the earlier turn got lost");
	}),
	everyWire("an answer that its limit cut short", async (world) => {
		const answer = await googleClient(world).models.generateContent(ask(world, prompts.short));
		assert.equal(textOf(answer), answers.short);
		assert.equal(answer.candidates?.[0]?.finishReason, FinishReason.MAX_TOKENS);
	}),
	everyWire("image", async (world) => {
		const answer = await googleClient(world).models.generateContent({
			model: world.model,
			contents: [
				{ inlineData: { mimeType: "image/png", data: redPixel } },
				{ text: prompts.picture },
			],
		});
		assert.equal(textOf(answer), answers.picture);
		assert.ok(reachedUpstream(world, redPixel), "the picture did not reach the upstream");
	}),
	everyWire("JSON by a schema", async (world) => {
		const answer = await googleClient(world).models.generateContent({
			...ask(world, prompts.extract),
			config: { responseMimeType: "application/json", responseJsonSchema: personSchema },
		});
		assert.deepEqual(JSON.parse(textOf(answer)), answers.extract);
		assert.ok(reachedUpstream(world, "additionalProperties"), "the schema got lost");
	}),
	everyWire("JSON by a schema in Google's own words", async (world) => {
		const answer = await googleClient(world).models.generateContent({
			...ask(world, prompts.extract),
			config: {
				responseMimeType: "application/json",
				responseSchema: {
					type: "OBJECT" as never,
					properties: { age: { type: "INTEGER" as never, description: "Years since birth" } },
				},
			},
		});
		assert.deepEqual(JSON.parse(textOf(answer)), answers.extract);
		assert.ok(reachedUpstream(world, "Years since birth"), "the schema got lost");
	}),
	everyWire(
		"several candidates where there is only one",
		async (world) => {
			await googleClient(world).models.generateContent({
				...ask(world, prompts.hello),
				config: { candidateCount: 2 },
			});
		},
		{ on: singular, refusedBy: singular },
	),
	openaiWire("several candidates, streamed too", async (world) => {
		const { models } = googleClient(world);
		const request = { model: world.choicesModel, contents: "x", config: { candidateCount: 2 } };
		const whole = await models.generateContent(request);
		assert.deepEqual(
			whole.candidates?.map(({ index, finishReason }) => [index, finishReason]),
			[
				[0, FinishReason.STOP],
				[1, FinishReason.STOP],
			],
		);
		const chunks = await collect(await models.generateContentStream(request));
		const spoke = chunks.flatMap(({ candidates }) => candidates?.map(({ index }) => index) ?? []);
		assert.deepEqual([...new Set(spoke)], [0, 1]);
	}),
	everyWire(
		"settings that only Google has",
		async (world) => {
			await googleClient(world).models.generateContent({
				...ask(world, prompts.hello),
				config: {
					topK: 40,
					safetySettings: [
						{
							category: HarmCategory.HARM_CATEGORY_HARASSMENT,
							threshold: HarmBlockThreshold.BLOCK_LOW_AND_ABOVE,
						},
					],
				},
			});
			assert.ok(reachedUpstream(world, "BLOCK_LOW_AND_ABOVE"), "the threshold got lost");
		},
		{ refusedBy: foreign },
	),
	everyWire("count of tokens", async (world) => {
		const count = await googleClient(world).models.countTokens(ask(world, prompts.hello));
		assert.ok((count.totalTokens ?? 0) > 0);
	}),
	everyWire("list of models, and one of them", async (world) => {
		const { models } = googleClient(world);
		const names = await collect(await models.list({ config: { pageSize: 100 } }));
		assert.ok(names.some(({ name }) => name === `models/${world.model}`));
		const found = await models.get({ model: world.model });
		assert.equal(found.name, `models/${world.model}`);
	}),
	openaiWire("a wrong key", async (world) => {
		const client = googleClient(world, { apiKey: "sk-llmproxy-wrong00000-thiskeydoesnotexist" });
		const error = await refusalOf(client.models.generateContent(ask(world, "x")), 401);
		assert.match(error.message, /UNAUTHENTICATED/);
		assert.match(error.message, /"requestId":"req_/);
	}),
	openaiWire("an unknown model", async (world) => {
		const request = ask({ model: "openai/no-such-model" }, "x");
		const error = await refusalOf(googleClient(world).models.generateContent(request), 404);
		assert.match(error.message, /NOT_FOUND/);
	}),
	everyWire("an upstream's 400", async (world) => {
		const request = ask({ model: world.brittle() }, prompts.badRequest);
		const error = await refusalOf(googleClient(world).models.generateContent(request), 400);
		assert.match(error.message, /INVALID_ARGUMENT/);
		assert.match(error.message, /does not like this/);
	}),
	everyWire("an upstream's 429", async (world) => {
		const request = ask({ model: world.brittle() }, prompts.limited);
		const error = await refusalOf(googleClient(world).models.generateContent(request), 429);
		assert.match(error.message, /RESOURCE_EXHAUSTED/);
	}),
	everyWire("hanging up in the middle of a stream", async (world) => {
		const hangUp = new AbortController();
		const before = world.upstreamRequests().length;
		const stream = await googleClient(world).models.generateContentStream({
			...ask(world, prompts.slow),
			config: { abortSignal: hangUp.signal },
		});
		const reading = collect(
			(async function* () {
				for await (const chunk of stream) {
					hangUp.abort();
					yield chunk;
				}
			})(),
		);
		await assert.rejects(reading);
		await untilCancelled(world, before);
	}),
];

interface Chunk {
	readonly candidates?: readonly {
		readonly content?: { readonly parts?: readonly { readonly text?: string }[] };
	}[];
}

/** The gateway has to end its call to the upstream, which would go on for many seconds. */
async function untilCancelled(world: World, before: number): Promise<void> {
	for (let tries = 0; tries < 100; tries++) {
		if (world.upstreamRequests().slice(before).some(isCancelled)) return;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	assert.fail("the upstream went on talking");
}

function isCancelled({ body, isCancelled: cancelled }: { body: string; isCancelled: boolean }) {
	return cancelled && body.includes(prompts.slow);
}
