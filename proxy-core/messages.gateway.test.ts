import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import { fakeCredential } from "./testing/gateway-fixture.ts";
import { compiledGuard } from "./testing/guards.ts";
import { claudeQuestion, failureOf, startMessagesFixture } from "./testing/messages-fixture.ts";
import { sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, client, claude, last } = await startMessagesFixture();

const rawMessage = `{"id":"msg_u", "type":"message","role":"assistant","model":"claude-x","content":[{"type":"thinking","thinking":"h\\u006d","signature":"c2ln"},{"type":"text","text":"Hi."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":10,"cache_read_input_tokens":90,"output_tokens":20},"new_field":1e400}`;

const rawEvents = [
	`event: message_start\ndata: {"type":"message_start","message":{"id":"msg_u","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":1}}}\n\n`,
	`event: ping\ndata: {"type": "ping"}\n\n`,
	`event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n`,
	`event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel\\u006co"}}\n\n`,
	`event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n`,
	`event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":20}}\n\n`,
	`event: message_stop\ndata: {"type":"message_stop"}\n\n`,
];

const withoutComments = (text: string) => text.replace(/^: .*\n\n/gm, "");

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(`${gateway.url}/v1/messages?beta=true`, {
		method: "POST",
		headers: { "x-api-key": gateway.token, "content-type": "application/json", ...headers },
		body,
	});
}

describe("Anthropic's SDK before Anthropic", () => {
	test("gets the answer byte for byte, and sends its request as it is", async () => {
		upstream.answer(sendJson(rawMessage));
		const body = `{"model":"claude/claude-x" ,"max_tokens":5,"thinking":{"type":"enabled","budget_tokens":1e4},"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"a\\/b"}]},{"role":"user","content":"h\\u0069"}],"x_new":[1e400]}`;
		const response = await post(body);
		expect(await response.text()).toBe(rawMessage);
		expect(response.headers.get("request-id")).toBe(last().requestId);
		const seen = upstream.seen.at(-1);
		expect(seen?.path).toBe("/v1/messages");
		expect(seen?.body).toBe(body.replace("claude/claude-x", "claude-x"));
		expect(seen?.headers).toMatchObject({ "x-api-key": "upstream-credential" });
		expect(seen?.headers["anthropic-version"]).toBe("2023-06-01");
		expect(last()).toMatchObject({
			endpoint: "messages",
			outcome: "answered",
			usage: { inputTokens: 100, cachedInputTokens: 90, outputTokens: 20 },
			stages: expect.any(Array),
		});
		expect(last().stages.map(([name]) => name)).toEqual(gateway.gateway.stages.get("messages"));
	});

	test("gets the stream byte for byte", async () => {
		upstream.answer(sendEvents(rawEvents));
		const response = await post(JSON.stringify({ ...claudeQuestion, stream: true }));
		expect(withoutComments(await response.text())).toBe(rawEvents.join(""));
		upstream.answer(sendEvents(rawEvents));
		const stream = client.messages.stream(claudeQuestion);
		expect(await stream.finalText()).toBe("Hello");
		expect(last()).toMatchObject({ isStreaming: true, usage: { outputTokens: 20 } });
	});

	test("names the end user in metadata", async () => {
		upstream.answer(sendJson(rawMessage));
		await client.messages.create({ ...claudeQuestion, metadata: { user_id: "u-7" } });
		expect(last()).toMatchObject({ endUser: "u-7" });
	});
});

describe("errors", () => {
	test("come in Anthropic's shape, with a class of its SDK", async () => {
		const stranger = new Anthropic({ apiKey: "wrong", baseURL: gateway.url, maxRetries: 0 });
		const denied = await failureOf(stranger.messages.create(claudeQuestion));
		expect(denied).toBeInstanceOf(Anthropic.AuthenticationError);
		expect(denied.error).toMatchObject({ type: "error", request_id: last().requestId });
		expect(denied.requestID).toBe(last().requestId);
		const unknown = await failureOf(client.messages.create({ ...claudeQuestion, model: "nobody" }));
		expect(unknown).toBeInstanceOf(Anthropic.NotFoundError);
		upstream.answer(sendJson({ type: "error", error: { type: "overloaded_error" } }, 529));
		const busy = await failureOf(client.messages.create(claudeQuestion));
		expect(busy).toMatchObject({ status: 503, type: "overloaded_error" });
	});

	test("of the provider before the first byte of a stream have a real status", async () => {
		const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
		upstream.answer(sendEvents([`event: error\ndata: ${JSON.stringify(error)}\n\n`]));
		const failure = await failureOf(client.messages.create({ ...claudeQuestion, stream: true }));
		expect(failure.status).toBe(502);
	});
});

/** Takes one word out of every text of a request. */
const discreet = compiledGuard({
	id: "discreet",
	inspector: {
		inspectRequest: (segments) => ({
			findings: segments.flatMap(({ text }, segment) => {
				const start = text.indexOf("hush");
				if (start === -1) return [];
				const found = { rule: "hush", segment, start, end: start + 4, score: 1 };
				return [{ ...found, action: "redact" as const, replacement: "****" }];
			}),
		}),
	},
});

describe("guards", () => {
	const targets = [claude];
	const textDelta = (text: string) =>
		`event: content_block_delta\ndata: ${JSON.stringify({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })}\n\n`;

	test("edit texts of a request wherever they stand, and nothing else", async () => {
		gateway.change({ targets, guards: [discreet] });
		upstream.answer(sendJson(rawMessage));
		const body = `{"model":"claude/claude-x","max_tokens":5,"system":"hush","messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"so hush"}]}]},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"hush","input":{"a":["hush",1e400]}}]}]}`;
		await (await post(body)).text();
		expect(upstream.seen.at(-1)?.body).toBe(
			body
				.replace("claude/claude-x", "claude-x")
				.replace('"system":"hush"', '"system":"****"')
				.replace("so hush", "so ****")
				.replace('["hush"', '["****"'),
		);
		expect(last().findings.map(({ source }) => source)).toEqual([
			"system",
			"tool-result",
			"tool-call",
		]);
	});

	test("redact a secret that a stream spreads over its events", async () => {
		gateway.change({ targets, settings: { guards: { "secret-leak": { action: "redact" } } } });
		const deltas = `It is ${fakeCredential} .`.match(/.{1,9}/g) ?? [];
		upstream.answer(
			sendEvents([...rawEvents.slice(0, 3), ...deltas.map(textDelta), ...rawEvents.slice(4)]),
		);
		const text = await client.messages.stream(claudeQuestion).finalText();
		expect(text).toMatch(/^It is \[REDACTED:[\w-]+\] \.$/);
	});

	test("end a stream as a refusal when they block it", async () => {
		gateway.change({ targets, settings: { guards: { "secret-leak": { action: "block" } } } });
		const begun = Promise.withResolvers<void>();
		upstream.answer(async (out) => {
			out.writeHead(200, { "content-type": "text/event-stream" });
			out.write(`${rawEvents.slice(0, 3).join("")}${textDelta("Here you are: ")}`);
			await begun.promise;
			out.write(textDelta(`${fakeCredential} `));
		});
		const stream = client.messages.stream(claudeQuestion);
		stream.on("text", () => begun.resolve());
		const message = await stream.finalMessage();
		expect(message).toMatchObject({ stop_reason: "refusal", content: [{ type: "text" }] });
		expect(JSON.stringify(message)).not.toContain(fakeCredential.slice(8, 30));
		expect(last()).toMatchObject({ outcome: "refused", action: "block" });
	});
});
