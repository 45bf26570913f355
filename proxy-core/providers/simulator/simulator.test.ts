import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../text/estimate-tokens.ts";
import { encodeInput, usageIn } from "../__fixtures__/play.ts";
import type { Connector } from "../define-provider.ts";
import { provider } from "./provider.ts";

type Json = Readonly<Record<string, unknown>>;

function connect(settings: Json = {}): Connector {
	return provider.connect(provider.settings.parse(settings));
}

interface Asked {
	readonly connector?: Connector;
	readonly signal?: AbortSignal;
	readonly model?: string;
}

async function ask(json: Json, { connector = connect(), signal, model = "echo" }: Asked = {}) {
	const request = connector.encode(encodeInput(json, { model, stream: json["stream"] === true }));
	const answer = await connector.answerLocally?.(request, signal ?? new AbortController().signal);
	if (answer === undefined) throw new Error("the simulator does not answer locally");
	const chunks: Uint8Array[] = [];
	for await (const chunk of answer.body) chunks.push(chunk);
	const body = Buffer.concat(chunks);
	return { status: answer.status, headers: answer.headers, body, text: body.toString("utf8") };
}

async function choicesOf(json: Json, asked: Asked = {}) {
	const { text } = await ask(json, asked);
	return (JSON.parse(text) as { choices: Choice[] }).choices;
}

interface Choice {
	readonly message: {
		readonly content: string | null;
		readonly tool_calls?: readonly {
			readonly id: string;
			readonly function: { name: string; arguments: string };
		}[];
	};
	readonly finish_reason: string;
}

const user = (content: unknown) => ({ messages: [{ role: "user", content }] });
const tools = ["get_weather", "get_time", "send"].map((name) => ({
	type: "function",
	function: {
		name,
		parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
	},
}));

describe("the simulator", () => {
	it("echoes the last user text", async () => {
		const [choice] = await choicesOf(user("Grüße 😀\n x"));
		expect(choice).toMatchObject({ message: { content: "Grüße 😀\n x" }, finish_reason: "stop" });
	});

	it("streams what it would answer whole, and counts the same", async () => {
		for (const json of [
			user("one two three"),
			{ ...user("call get_weather and get_time"), tools, n: 2 },
		]) {
			const connector = connect();
			const whole = connector.decode((await ask(json)).text).events;
			const decoder = connector.decodeStream();
			const { body, headers } = await ask({ ...json, stream: true });
			const frames = decoder.push(body);
			expect(decoder.end().complete).toBe(true);
			expect(headers["content-type"]).toContain("text/event-stream");
			const streamed = frames.flatMap((frame) => frame.events);
			const said = (events: typeof whole) =>
				events.map((event) => ("text" in event ? event.text : "")).join("");
			expect(said(streamed)).toBe(said(whole));
			expect(usageIn(streamed)).toEqual(usageIn(whole));
			expect(usageIn(streamed)?.outputTokens).toBeGreaterThan(0);
		}
	});

	it("counts the tokens of the real texts", async () => {
		const { text } = await ask(user("Hello, world!"));
		expect(usageIn(connect().decode(text).events)).toMatchObject({
			inputTokens: 3 + estimateTokens("Hello, world!"),
			outputTokens: estimateTokens("Hello, world!"),
		});
	});

	it("leaves usage out of a stream that did not ask for it", async () => {
		const connector = connect();
		const request = { method: "POST" as const, path: "/chat/completions", headers: {} };
		const body = JSON.stringify({ ...user("hi"), model: "echo", stream: true });
		const answer = await connector.answerLocally?.(
			{ ...request, body },
			new AbortController().signal,
		);
		let text = "";
		for await (const chunk of answer?.body ?? []) text += Buffer.from(chunk).toString("utf8");
		expect(text).not.toContain("usage");
		expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
	});

	it("speaks as many words as it is asked for, within the token limit", async () => {
		const words = async (json: Json) => (await choicesOf(json, { model: "lorem" }))[0];
		expect((await words(user("tell me 25 words")))?.message.content?.split(" ")).toHaveLength(25);
		const cut = await words({ ...user("hi"), max_tokens: 10 });
		expect(cut?.finish_reason).toBe("length");
		expect(estimateTokens(String(cut?.message.content))).toBeLessThanOrEqual(10);
		expect(cut?.message.content).toMatch(/^Lorem ipsum/);
	});

	it("stops at stop sequences and gives n choices", async () => {
		expect((await choicesOf({ ...user("one END two"), stop: ["END"] }))[0]?.message.content).toBe(
			"one ",
		);
		const several = await choicesOf({ ...user("hi"), n: 3 }, { model: "lorem" });
		expect(new Set(several.map((choice) => choice.message.content)).size).toBe(3);
	});

	it.each([
		{ text: "call get_weather, then get time", choice: "auto", names: ["get_weather", "get_time"] },
		{ text: "call get_weather and get_time", choice: "auto", single: true, names: ["get_weather"] },
		{ text: "hello", choice: "auto", names: [] },
		{ text: "do not resend it", choice: "auto", names: [] },
		{ text: "hello", choice: "required", names: ["get_weather"] },
		{ text: "hello", choice: { type: "function", function: { name: "send" } }, names: ["send"] },
		{ text: "call get_weather", choice: "none", names: [] },
	])("calls the tools that are asked for: %j", async ({ text, choice, single, names }) => {
		const options = { tools, tool_choice: choice, ...(single && { parallel_tool_calls: false }) };
		const [answer] = await choicesOf({ ...user(text), ...options });
		const calls = answer?.message.tool_calls ?? [];
		expect(calls.map((call) => call.function.name)).toEqual(names);
		expect(answer?.finish_reason).toBe(names.length > 0 ? "tool_calls" : "stop");
		for (const call of calls)
			expect(JSON.parse(call.function.arguments)).toEqual({ city: "sample" });
	});

	it("answers tool results with text", async () => {
		const called = {
			id: "c",
			type: "function",
			function: { name: "get_weather", arguments: "{}" },
		};
		const messages = [
			{ role: "user", content: "call get_weather" },
			{ role: "assistant", content: null, tool_calls: [called] },
			{ role: "tool", tool_call_id: "c", content: "21°" },
		];
		const [choice] = await choicesOf({ messages, tools });
		expect(choice?.message.content).toBe("get_weather returned: 21°");
	});

	it("answers JSON where JSON is asked for", async () => {
		const schema = { type: "object", properties: { a: { type: "integer" } }, required: ["a"] };
		const response_format = { type: "json_schema", json_schema: { name: "x", schema } };
		const [structured] = await choicesOf({ ...user("hi"), response_format });
		expect(JSON.parse(String(structured?.message.content))).toEqual({ a: 1 });
		const [loose] = await choicesOf({ ...user("hi"), response_format: { type: "json_object" } });
		expect(JSON.parse(String(loose?.message.content))).toEqual({ answer: "hi" });
	});

	it.each([
		{ json: { ...user("hi"), logprobs: true }, status: 400, param: "logprobs" },
		{ json: { messages: [] }, status: 400, param: "messages" },
		{ json: user("hi"), model: "gpt-5", status: 404, param: "model" },
	])("refuses in OpenAI's shape: %j", async ({ json, model, status, param }) => {
		const answer = await ask(json, model === undefined ? {} : { model });
		expect(answer.status).toBe(status);
		expect(connect().decodeFault(status, answer.text)).toMatchObject({ param });
	});

	it("fails the share of requests that the error rate says", async () => {
		const connector = connect({ errorRate: 0.25 });
		const statuses: number[] = [];
		for (let request = 0; request < 8; request += 1)
			statuses.push((await ask(user("hi"), { connector })).status);
		expect(statuses).toEqual([200, 200, 200, 503, 200, 200, 200, 503]);
	});

	it("lists its models", async () => {
		const connector = connect();
		const answer = await connector.answerLocally?.(
			connector.models.request(),
			new AbortController().signal,
		);
		let text = "";
		for await (const chunk of answer?.body ?? []) text += Buffer.from(chunk).toString("utf8");
		expect(connector.models.parse(text)).toEqual(["echo", "lorem"]);
	});

	it("obeys the signal before the answer and in the middle of it", async () => {
		const late = new AbortController();
		const waiting = ask(user("hi"), {
			connector: connect({ latencyMs: 60_000 }),
			signal: late.signal,
		});
		late.abort();
		await expect(waiting).rejects.toThrow();

		const connector = connect({ tokensPerSecond: 1 });
		const stop = new AbortController();
		const request = connector.encode(
			encodeInput({ ...user("one two three"), stream: true }, { model: "echo", stream: true }),
		);
		const answer = await connector.answerLocally?.(request, stop.signal);
		const relay = async () => {
			for await (const _ of answer?.body ?? []) stop.abort();
		};
		await expect(relay()).rejects.toThrow();
	});
});
