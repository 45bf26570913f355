import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provider as anthropic } from "./providers/anthropic/provider.ts";
import { provider as bedrock } from "./providers/bedrock/provider.ts";
import { provider as cohere } from "./providers/cohere/provider.ts";
import { provider as gemini } from "./providers/gemini/provider.ts";
import { provider as ollama } from "./providers/ollama/provider.ts";
import { echoMarks, marksIn } from "./testing/echo-upstream.ts";
import type { Case } from "./testing/leak-cases.ts";
import {
	chatCase,
	everything,
	formOf,
	googleCase,
	mailOf,
	messagesCase,
	responsesCase,
	story,
} from "./testing/leak-cases.ts";
import { nativeTarget } from "./testing/responses-script.ts";
import { startTestGateway, testTarget } from "./testing/test-gateway.ts";
import { startScriptedUpstream } from "./testing/upstream-script.ts";

const upstream = await startScriptedUpstream();
upstream.answer(echoMarks);
const root = upstream.baseUrl.replace(/\/v1$/, "");
const access = { baseUrl: root, apiKey: "upstream-credential" };
const base = { baseUrl: upstream.baseUrl, apiKey: "upstream-credential" };
const targets = [
	testTarget(upstream.baseUrl, { id: "openai/m", providerId: "openai", model: "m" }),
	{ ...nativeTarget(upstream.baseUrl), id: "native/m", providerId: "native", model: "m" },
	{ connector: anthropic.connect(anthropic.settings.parse(access)), id: "anthropic/m" },
	{ connector: gemini.connect(gemini.settings.parse(access)), id: "gemini/m" },
	{ connector: ollama.connect(ollama.settings.parse(access)), id: "ollama/m" },
	{ connector: cohere.connect(cohere.settings.parse(access)), id: "cohere/m" },
	{ connector: bedrock.connect(bedrock.settings.parse(base)), id: "bedrock/m" },
].map((target) =>
	testTarget(upstream.baseUrl, {
		providerId: target.id.split("/")[0] ?? "",
		model: "m",
		...target,
	}),
);
const gateway = await startTestGateway(targets);
beforeAll(() => gateway.change({ settings: { privacy: { mode: "enforce" } } }));
afterAll(async () => {
	await gateway.close();
	await upstream.close();
});

const plain = { model: "openai/m" };
const values = everything;
const cases: readonly Case[] = [
	chatCase("openai/m", true),
	...["anthropic/m", "gemini/m", "ollama/m", "cohere/m", "bedrock/m"].map((id) =>
		chatCase(id, false),
	),
	messagesCase("anthropic/m"),
	messagesCase("openai/m"),
	...["openai/m", "anthropic/m", "gemini/m", "ollama/m", "cohere/m", "bedrock/m"].map((id) =>
		googleCase(id, false),
	),
	googleCase("gemini/m", true),
	googleCase("openai/m", true),
	responsesCase("native/m"),
	responsesCase("openai/m"),
	{
		name: "completions",
		path: "/v1/completions",
		values,
		body: (stream) => ({ ...plain, stream, prompt: story, user: mailOf("end-user") }),
	},
	{
		name: "native completions",
		path: "/v1/completions",
		values,
		body: (stream) => ({ model: "native/m", stream, prompt: [story] }),
	},
	{
		name: "embeddings",
		path: "/v1/embeddings",
		values,
		restores: false,
		streams: false,
		body: () => ({ ...plain, input: ["x", story] }),
	},
	{
		name: "images",
		path: "/v1/images/generations",
		values,
		streams: false,
		body: () => ({ ...plain, prompt: story }),
	},
	{
		name: "image edits",
		path: "/v1/images/edits",
		values,
		streams: false,
		body: () => formOf({ ...plain, prompt: story }, "image"),
	},
	{
		name: "speech",
		path: "/v1/audio/speech",
		values,
		restores: false,
		streams: false,
		body: () => ({ ...plain, voice: "alloy", input: story }),
	},
	{
		name: "transcriptions",
		path: "/v1/audio/transcriptions",
		values,
		body: (stream) => formOf({ ...plain, prompt: story, stream: String(stream) }, "file"),
	},
	{
		name: "translations",
		path: "/v1/audio/translations",
		values,
		streams: false,
		body: () => formOf({ ...plain, prompt: story }, "file"),
	},
	{
		name: "rerank",
		path: "/v1/rerank",
		values,
		streams: false,
		body: () => ({
			...plain,
			query: story,
			documents: [story, { text: story }],
			return_documents: true,
		}),
	},
];

async function send(
	{ path, streamPath = path, body }: Pick<Case, "path" | "streamPath" | "body">,
	isStreaming: boolean,
): Promise<Response> {
	const sent = body(isStreaming);
	const isForm = sent instanceof FormData;
	return fetch(gateway.url + (isStreaming ? streamPath : path), {
		method: "POST",
		headers: {
			authorization: `Bearer ${gateway.token}`,
			...(!isForm && { "content-type": "application/json" }),
		},
		body: isForm ? sent : JSON.stringify(sent),
	});
}

const spoken = new Set(["content", "text", "arguments", "partial_json", "delta", "revised_prompt"]);

/** Everything that an answer says, in order; of a call with an object as arguments, that object's JSON. */
function wordsOf(value: unknown, name = ""): string {
	if (typeof value === "string") return spoken.has(name) ? value : "";
	if (typeof value !== "object" || value === null) return "";
	if (name === "input" || name === "args") return JSON.stringify(value);
	const isList = Array.isArray(value);
	return Object.entries(value)
		.map(([key, inner]) => wordsOf(inner, isList ? name : key))
		.join("");
}

function heard(text: string, isStreaming: boolean): string {
	if (!isStreaming) return wordsOf(JSON.parse(text));
	return [...text.matchAll(/^data: (\{.*)$/gm)]
		.map(([, data = ""]) => wordsOf(JSON.parse(data)))
		.join("");
}

function bare(text: string): string {
	return text.replace(/[\s-]/g, "");
}

const ways = cases.flatMap((one) =>
	one.streams === false
		? [{ one, isStreaming: false }]
		: [false, true].map((isStreaming) => ({ one, isStreaming })),
);

describe.each(ways)("$one.name (stream: $isStreaming)", ({ one, isStreaming }) => {
	test("shows its upstream no personal data and its caller all of it", async () => {
		const response = await send(one, isStreaming);
		const text = await response.text();
		expect([response.status, response.status === 200 ? "" : text]).toEqual([200, ""]);
		const seen = upstream.seen.at(-1)?.body ?? "";
		for (const value of [...one.values, mailOf("end-user")]) {
			expect(bare(seen)).not.toContain(bare(value));
		}
		expect(marksIn(seen).length).toBeGreaterThanOrEqual(one.values.length);
		if (one.restores === false) return;
		const words = heard(text, isStreaming);
		for (const value of one.values) expect(words).toContain(value);
		expect(marksIn(words)).toEqual([]);
		expect(gateway.records.at(-1)).toMatchObject({ action: "redact", outcome: "answered" });
	});
});

test.each([
	{
		path: "/v1/messages/count_tokens",
		body: () => ({ ...messagesCase("anthropic/m").body(false), stream: undefined }),
	},
	{ path: "/v1beta/models/gemini/m:countTokens", body: googleCase("gemini/m", false).body },
])("counting tokens at $path shows the provider no personal data", async (request) => {
	const before = upstream.seen.length;
	await send(request, false);
	const seen = upstream.seen
		.slice(before)
		.map((request) => request.body)
		.join("");
	expect(seen).not.toBe("");
	for (const value of everything) expect(bare(seen)).not.toContain(bare(value));
});
