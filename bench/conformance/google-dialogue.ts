import assert from "node:assert/strict";
import type { GenerateContentResponse } from "@google/genai";
import { ApiError, GoogleGenAI } from "@google/genai";
import { collect } from "./client-errors.ts";
import type { Dialogue } from "./recovery-checks.ts";
import type { World } from "./world.ts";

/** Google's SDK as its users make it, but for the address and the key. */
export function googleClient(
	{ gateway }: Pick<World, "gateway">,
	options: { apiKey?: string; apiVersion?: string } = {},
): GoogleGenAI {
	const { apiKey = gateway.key, ...version } = options;
	return new GoogleGenAI({
		apiKey,
		// A variable of the machine must not send it elsewhere.
		vertexai: false,
		httpOptions: { baseUrl: gateway.url, timeout: 15_000, ...version },
	});
}

export function textOf(answer: GenerateContentResponse): string {
	return answer.text ?? "";
}

/** What the SDK threw. Throws when it was nothing, or an error of another status. */
export async function refusalOf(
	work: Promise<unknown>,
	status: number,
): Promise<{ readonly message: string }> {
	const error = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof ApiError, `expected an ApiError, got ${String(error)}`);
	assert.equal(error.status, status);
	return error;
}

export const googleDialogue: Dialogue = {
	caller: "google",
	ask: async (world, { model, prompt, stream }) => {
		const { models } = googleClient(world);
		const request = { model, contents: prompt };
		if (!stream) return textOf(await models.generateContent(request));
		const chunks = await collect(await models.generateContentStream(request));
		return chunks.map(textOf).join("");
	},
	failing: ApiError,
	anyError: Error,
};
