import assert from "node:assert/strict";
import OpenAI, { APIError } from "openai";
import { collect, failureOf } from "./client-errors.ts";
import type { Check } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import { answers, prompts } from "./prompts.ts";
import type { TappedRequest } from "./tap.ts";
import type { Caller, Fault } from "./wires.ts";
import { faults, faultyModel } from "./wires.ts";
import type { World } from "./world.ts";

/** One caller's dialect, as these checks use it. */
export interface Dialogue {
	readonly caller: Caller;
	/** What is said, whole or put together from a stream. */
	readonly ask: (world: World, question: Question) => Promise<string>;
	/** The SDK's class of errors for what the gateway says about a failing upstream (status 5xx). */
	readonly failing: abstract new (
		...args: never[]
	) => Error;
	/** Its class of errors of any kind. */
	readonly anyError: abstract new (
		...args: never[]
	) => Error;
}

export interface Question {
	readonly model: string;
	readonly prompt: string;
	readonly stream: boolean;
}

const faultNames: Readonly<Record<Fault, string>> = {
	down: "answers 500",
	garbled: "answers malformed JSON",
	late: "is late with its first byte",
};

/** What goes wrong upstream, seen by one kind of caller. */
export function recoveryChecks({ caller, ask, failing, anyError }: Dialogue): readonly Check[] {
	const both = [false, true] as const;
	return [
		everyWire("an upstream's 500", async (world) => {
			for (const stream of both) {
				const model = world.brittle();
				await failureOf(ask(world, { model, prompt: prompts.overloaded, stream }), failing);
			}
		}),
		everyWire("malformed JSON from the upstream", async (world) => {
			for (const stream of both) {
				const model = world.brittle();
				await failureOf(ask(world, { model, prompt: prompts.garbled, stream }), failing);
			}
		}),
		everyWire("an upstream's stream that breaks off", async (world) => {
			const question = { model: world.brittle(), prompt: prompts.cut, stream: true };
			await failureOf(ask(world, question), anyError);
		}),
		everyWire("a 500 that a second try mends", async (world) => {
			for (const stream of both) {
				// The mock fails at the first sight of each text.
				const prompt = `${prompts.flaky} ${crypto.randomUUID()}`;
				const before = world.upstreamRequests().length;
				assert.equal(await ask(world, { model: world.model, prompt, stream }), answers.flaky);
				assert.equal(world.upstreamRequests().length - before, 2);
			}
		}),
		...faults.map((fault) =>
			everyWire(`a route whose first target ${faultNames[fault]}`, async (world) => {
				for (const stream of both) {
					const model = world.healing(fault, caller);
					const before = world.upstreamRequests().length;
					assert.equal(await ask(world, { model, prompt: prompts.hello, stream }), answers.hello);
					const tried = world.upstreamRequests().slice(before).map(whole);
					const faulty = faultyModel(fault, caller);
					assert.ok(tried[0]?.includes(faulty), "the first target was not asked");
					assert.ok(!tried.at(-1)?.includes(faulty), "the faulty target answered");
				}
			}),
		),
	];
}

/** Some wires name the model in the address, the others in the body. */
function whole({ path, body }: TappedRequest): string {
	return `${path} ${body}`;
}

export const chatDialogue: Dialogue = {
	caller: "chat",
	ask: async ({ client }, { model, prompt, stream }) => {
		const request = { model, messages: [{ role: "user" as const, content: prompt }] };
		if (!stream) {
			const { choices } = await client.chat.completions.create(request);
			return choices[0]?.message.content ?? "";
		}
		const chunks = await collect(
			await client.chat.completions.create({ ...request, stream: true }),
		);
		return chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
	},
	failing: OpenAI.InternalServerError,
	anyError: APIError,
};

export const completionsDialogue: Dialogue = {
	caller: "completions",
	ask: async ({ client }, { model, prompt, stream }) => {
		if (!stream) {
			const { choices } = await client.completions.create({ model, prompt });
			return choices[0]?.text ?? "";
		}
		const chunks = await collect(await client.completions.create({ model, prompt, stream: true }));
		return chunks.map(({ choices }) => choices[0]?.text ?? "").join("");
	},
	failing: OpenAI.InternalServerError,
	anyError: APIError,
};

export const responsesDialogue: Dialogue = {
	caller: "responses",
	ask: async ({ client }, { model, prompt, stream }) => {
		if (!stream) return (await client.responses.create({ model, input: prompt })).output_text;
		const response = await client.responses.stream({ model, input: prompt }).finalResponse();
		return response.output_text;
	},
	failing: OpenAI.InternalServerError,
	anyError: OpenAI.OpenAIError,
};
