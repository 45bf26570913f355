import { ApiError, GoogleGenAI } from "@google/genai";
import type { DialectsFixture } from "./dialects-fixture.ts";
import { startDialectsFixture } from "./dialects-fixture.ts";
import type { Script } from "./upstream-script.ts";

export interface GoogleFixture extends DialectsFixture {
	readonly client: GoogleGenAI;
	/** A request as no SDK would write it. */
	readonly call: (path: string, body: unknown, headers?: HeadersInit) => Promise<Response>;
}

/** Google's SDK before a gateway whose three targets speak OpenAI's, Gemini's and Anthropic's API. */
export async function startGoogleFixture(): Promise<GoogleFixture> {
	const fixture = await startDialectsFixture("claude-sonnet-4-5");
	const { gateway } = fixture;
	return {
		...fixture,
		client: new GoogleGenAI({
			apiKey: gateway.token,
			vertexai: false,
			httpOptions: { baseUrl: gateway.url },
		}),
		call: (path, body, headers = { "x-goog-api-key": gateway.token }) =>
			fetch(`${gateway.url}${path}`, {
				method: "POST",
				headers: { "content-type": "application/json", ...headers },
				body: JSON.stringify(body),
			}),
	};
}

/** What the SDK throws, with the body that it puts into the message. */
export async function failureOf(work: Promise<unknown>) {
	try {
		await work;
	} catch (thrown) {
		if (!(thrown instanceof ApiError)) throw thrown;
		const text = thrown.message.slice(thrown.message.indexOf("{"));
		const { error } = JSON.parse(text) as { error: GoogleError };
		return { status: thrown.status, error };
	}
	throw new Error("nothing failed");
}

export interface GoogleError {
	readonly code: number;
	readonly message: string;
	readonly status: string;
	readonly details: readonly Readonly<Record<string, unknown>>[];
}

/** The gateway's own code in an error of Google's shape. */
export function reasonOf({ details }: GoogleError): unknown {
	return details.find((detail) => detail["reason"] !== undefined)?.["reason"];
}

/** A whole answer of Gemini's. */
export const geminiAnswer = {
	candidates: [
		{
			content: { parts: [{ text: "Hello there." }], role: "model" },
			finishReason: "STOP",
			index: 0,
			futureField: 1.0,
		},
	],
	usageMetadata: {
		promptTokenCount: 100,
		candidatesTokenCount: 20,
		totalTokenCount: 125,
		cachedContentTokenCount: 40,
		thoughtsTokenCount: 5,
	},
	modelVersion: "gemini-x-001",
	responseId: "r1",
};

/** Server-sent events as Google writes them. */
export function sendGoogleEvents(events: readonly object[]): Script {
	return async (response) => {
		response.writeHead(200, { "content-type": "text/event-stream" });
		for (const event of events) {
			response.write(`data: ${JSON.stringify(event)}\r\n\r\n`);
			await new Promise((resolve) => setImmediate(resolve));
		}
		response.end();
	};
}
