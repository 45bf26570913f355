import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provider as anthropic } from "./providers/anthropic/provider.ts";
import { provider as bedrock } from "./providers/bedrock/provider.ts";
import { provider as cohere } from "./providers/cohere/provider.ts";
import { provider as gemini } from "./providers/gemini/provider.ts";
import { provider as ollama } from "./providers/ollama/provider.ts";
import { toneWav } from "./providers/simulator/tone.ts";
import { echoMarks, marksIn } from "./testing/echo-upstream.ts";
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

/** One of each, as people write them. */
const everything = [
	"Katharina Vogelsang",
	"k.vogelsang@example.org",
	"DE89 3704 0044 0532 0130 00",
	"4111 1111 1111 1111",
	"536-90-4399",
	"+49 30 90182034",
	"84.16.252.201",
];
const story = `My name is ${everything[0]}. Write to ${everything[1]}, pay to IBAN ${everything[2]} or with card ${everything[3]}. My SSN is ${everything[4]}, my phone ${everything[5]}, my server ${everything[6]}.`;

/** An address that nobody else has, so that what leaks says where from. */
function mailOf(place: string): string {
	return `anna.${place}@example.org`;
}
const say = (place: string) => `Contact ${mailOf(place)} about it.`;
const json = (place: string) =>
	JSON.stringify({ to: mailOf(place), "note\n": `\nAnd "${mailOf(`${place}-escaped`)}"` });

interface Case {
	readonly name: string;
	readonly path: string;
	readonly body: (isStreaming: boolean) => object | FormData;
	/** Raw values in the body. */
	readonly values: readonly string[];
	/** False: its answers hold no text. */
	readonly restores?: false;
	readonly streams?: false;
}

function chatCase(model: string, isOpenai: boolean): Case {
	const schema = {
		type: "object",
		properties: { q: { type: "string", description: say("schema") } },
	};
	const places = [
		"system",
		"user",
		"part",
		"assistant",
		"tool-call",
		"tool-call-escaped",
		"tool-result",
		"tool-result-escaped",
		"description",
		"schema",
	];
	return {
		name: `chat completions at ${model}`,
		path: "/v1/chat/completions",
		values: [...everything, ...[...places, ...(isOpenai ? ["metadata"] : [])].map(mailOf)],
		body: (stream) => ({
			model,
			stream,
			...(isOpenai && { metadata: { team: say("metadata") }, user: mailOf("end-user") }),
			messages: [
				{ role: "system", content: say("system") },
				{ role: "user", content: say("user") },
				{
					role: "assistant",
					content: say("assistant"),
					tool_calls: [
						{
							id: "call_1",
							type: "function",
							function: { name: "note", arguments: json("tool-call") },
						},
					],
				},
				{ role: "tool", tool_call_id: "call_1", content: json("tool-result") },
				{
					role: "user",
					content: [
						{ type: "text", text: say("part") },
						{ type: "text", text: story },
					],
				},
			],
			tools: [
				{
					type: "function",
					function: { name: "note", description: say("description"), parameters: schema },
				},
			],
		}),
	};
}

function messagesCase(model: string): Case {
	const places = ["system", "user", "assistant", "tool-call", "tool-result", "description"];
	return {
		name: `messages at ${model}`,
		path: "/v1/messages",
		values: [...everything, ...places.map(mailOf)],
		body: (stream) => ({
			model,
			stream,
			max_tokens: 100,
			system: [{ type: "text", text: say("system") }],
			metadata: { user_id: mailOf("end-user") },
			tools: [
				{
					name: "note",
					description: say("description"),
					input_schema: { type: "object", properties: {} },
				},
			],
			messages: [
				{ role: "user", content: say("user") },
				{
					role: "assistant",
					content: [
						{ type: "text", text: say("assistant") },
						{ type: "tool_use", id: "t1", name: "note", input: { to: mailOf("tool-call") } },
					],
				},
				{
					role: "user",
					content: [
						{
							type: "tool_result",
							tool_use_id: "t1",
							content: [{ type: "text", text: say("tool-result") }],
						},
						{ type: "text", text: story },
					],
				},
			],
		}),
	};
}

function responsesCase(model: string): Case {
	const places = ["system", "user", "assistant", "tool-call", "tool-result", "description"];
	return {
		name: `responses at ${model}`,
		path: "/v1/responses",
		values: [...everything, ...places.map(mailOf)],
		body: (stream) => ({
			model,
			stream,
			instructions: say("system"),
			tools: [
				{
					type: "function",
					name: "note",
					description: say("description"),
					parameters: { type: "object", properties: {} },
				},
			],
			input: [
				{ role: "user", content: say("user") },
				{
					type: "message",
					role: "assistant",
					content: [{ type: "output_text", text: say("assistant") }],
				},
				{
					type: "function_call",
					call_id: "call_1",
					name: "note",
					arguments: JSON.stringify({ to: mailOf("tool-call") }),
				},
				{ type: "function_call_output", call_id: "call_1", output: say("tool-result") },
				{ role: "user", content: [{ type: "input_text", text: story }] },
			],
		}),
	};
}

function formOf(fields: Readonly<Record<string, string>>, file: string): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append(file, new Blob([new Uint8Array(toneWav(4))], { type: "audio/wav" }), "tone.wav");
	return form;
}

const plain = { model: "openai/m" };
const values = everything;
const cases: readonly Case[] = [
	chatCase("openai/m", true),
	...["anthropic/m", "gemini/m", "ollama/m", "cohere/m", "bedrock/m"].map((id) =>
		chatCase(id, false),
	),
	messagesCase("anthropic/m"),
	messagesCase("openai/m"),
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
	{ path, body }: Pick<Case, "path" | "body">,
	isStreaming: boolean,
): Promise<Response> {
	const sent = body(isStreaming);
	const isForm = sent instanceof FormData;
	return fetch(gateway.url + path, {
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
	if (name === "input") return JSON.stringify(value);
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

test("counting tokens shows the provider no personal data", async () => {
	const { body } = messagesCase("anthropic/m");
	const before = upstream.seen.length;
	await send(
		{ path: "/v1/messages/count_tokens", body: () => ({ ...body(false), stream: undefined }) },
		false,
	);
	const seen = upstream.seen
		.slice(before)
		.map((request) => request.body)
		.join("");
	expect(seen).not.toBe("");
	for (const value of everything) expect(bare(seen)).not.toContain(bare(value));
});
