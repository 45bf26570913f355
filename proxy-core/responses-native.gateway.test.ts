import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { fakeCredential, startGatewayFixture } from "./testing/gateway-fixture.ts";
import {
	nativeEvents,
	nativeMessage,
	nativeResponse,
	nativeTarget,
	postTo,
	seenJson,
	sendInTwo,
	typedOf,
} from "./testing/responses-script.ts";
import { sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, last } = await startGatewayFixture();
const post = postTo(gateway, "/v1/responses");
const seenBody = () => seenJson(upstream);

const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.token, maxRetries: 0 });
const model = "test/test-model";
const blockSecrets = { guards: { "secret-leak": { action: "block" } } };
const redactSecrets = { guards: { "secret-leak": { action: "redact" } } };

describe("Responses in front of a provider that speaks them", () => {
	const native = () => gateway.change({ targets: [nativeTarget(upstream.baseUrl)] });

	test("are forwarded as sent but for the model, and the answer comes back byte for byte", async () => {
		native();
		const answer = JSON.stringify(nativeResponse([nativeMessage("Hi.")]), null, 1);
		upstream.answer(sendJson(answer));
		const response = await post({
			model,
			input: [{ type: "item_reference", id: "msg_1" }],
			tools: [{ type: "web_search" }],
			previous_response_id: "resp_0",
			x_new: 1,
		});
		expect(await response.text()).toBe(answer);
		expect(upstream.seen.at(-1)?.path).toBe("/v1/responses");
		expect(seenBody()).toEqual({
			model: "test-model",
			input: [{ type: "item_reference", id: "msg_1" }],
			tools: [{ type: "web_search" }],
			previous_response_id: "resp_0",
			x_new: 1,
		});
		expect(last().usage).toMatchObject({
			inputTokens: 100,
			cachedInputTokens: 40,
			outputTokens: 20,
			reasoningTokens: 5,
		});
	});

	test("stream event for event as they came, the last one after the record", async () => {
		native();
		const events = nativeEvents({ deltas: ["Hel", "lo."] });
		upstream.answer(sendEvents(events));
		const text = await (await post({ model, input: "Hello", stream: true })).text();
		expect(text.replaceAll(/^: .*\n\n/gm, "")).toBe(events.join(""));
		expect(last()).toMatchObject({ outcome: "answered", costMicroUsd: expect.any(Number) });
	});

	test("give the SDK the same answer as the provider would", async () => {
		native();
		upstream.answer(sendEvents(nativeEvents({ deltas: ["Hel", "lo."] })));
		const stream = client.responses.stream({ model, input: "Hello" });
		const answer = await stream.finalResponse();
		expect(answer.output_text).toBe("Hello.");
		expect(answer.id).toBe("resp_upstream");
	});

	test("lose a secret from every place where the stream repeats it", async () => {
		gateway.change({ targets: [nativeTarget(upstream.baseUrl)], settings: redactSecrets });
		const deltas = ["The key is ", fakeCredential.slice(0, 20), fakeCredential.slice(20), " ok"];
		upstream.answer(sendEvents(nativeEvents({ deltas })));
		const events = await typedOf(await post({ model, input: "Hello", stream: true }));
		const text = JSON.stringify(events);
		expect(text).not.toContain(fakeCredential.slice(0, 20));
		expect(text).not.toContain(fakeCredential.slice(20, 40));
		const said = events
			.filter(({ type }) => type === "response.output_text.delta")
			.map(({ delta }) => delta)
			.join("");
		expect(said).toMatch(/^The key is .+ ok$/);
		const finished = events.at(-1)?.["response"] as { output: { content: { text: string }[] }[] };
		expect(finished.output[1]?.content[0]?.text).toBe(said);
		expect(events.find(({ type }) => type === "response.output_text.done")?.["text"]).toBe(said);
		expect(last().action).toBe("redact");
	});

	test("lose a secret from every place of a JSON answer", async () => {
		gateway.change({ targets: [nativeTarget(upstream.baseUrl)], settings: redactSecrets });
		const output = [
			{ type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: fakeCredential }] },
			nativeMessage(`Key: ${fakeCredential}`),
			{ type: "function_call", id: "fc_1", call_id: "c", name: "f", arguments: fakeCredential },
			{ type: "mcp_call", id: "mcp_1", name: "m", arguments: "{}", output: fakeCredential },
			{ type: "code_interpreter_call", id: "ci_1", code: `key = "${fakeCredential}"` },
			{ type: "unheard_of", id: "u_1", deep: { id: fakeCredential } },
		];
		const answer = { ...nativeResponse(output), output_text: `Key: ${fakeCredential}` };
		upstream.answer(sendJson(answer));
		const text = await (await post({ model, input: "Hello" })).text();
		expect(text).not.toContain(fakeCredential.slice(0, 40));
		expect(text.match(/REDACTED/g)).toHaveLength(6);
	});

	test("lose a secret that only the last event tells", async () => {
		gateway.change({ targets: [nativeTarget(upstream.baseUrl)], settings: redactSecrets });
		const events = nativeEvents({ deltas: [] });
		const end = JSON.stringify({
			type: "response.completed",
			sequence_number: events.length,
			response: nativeResponse([nativeMessage(`Key: ${fakeCredential}`)]),
		});
		upstream.answer(sendEvents([...events.slice(0, 2), `data: ${end}\n\n`]));
		const text = await (await post({ model, input: "Hello", stream: true })).text();
		expect(text).toContain("response.completed");
		expect(text).not.toContain(fakeCredential.slice(0, 40));
	});

	test("close what is open when a guard cuts the answer, with what had left", async () => {
		gateway.change({ targets: [nativeTarget(upstream.baseUrl)], settings: blockSecrets });
		const go = Promise.withResolvers<void>();
		const sent = nativeEvents({ deltas: ["So far fine. ", fakeCredential] });
		upstream.answer(sendInTwo(sent.slice(0, 12), sent.slice(12), go.promise));
		const response = await post({ model, input: "Hello", stream: true });
		go.resolve();
		const events = await typedOf(response);
		const numbers = events.map((event) => event["sequence_number"]);
		expect(numbers).toEqual(numbers.map((_, index) => index));
		expect(events.at(-1)).toMatchObject({
			type: "response.incomplete",
			response: {
				id: "resp_upstream",
				status: "incomplete",
				incomplete_details: { reason: "content_filter" },
				output: [{ type: "reasoning" }, { type: "message", status: "incomplete" }],
			},
		});
		expect(JSON.stringify(events)).not.toContain(fakeCredential.slice(8, 40));
	});

	test("fail with a real status when the provider fails right after its first events", async () => {
		native();
		const events = nativeEvents({ deltas: [] }).slice(0, 2);
		const failed = {
			type: "response.failed",
			sequence_number: 2,
			response: {
				...nativeResponse([], "failed"),
				error: { code: "server_error", message: "It broke." },
			},
		};
		upstream.answer(sendEvents([...events, failed]));
		const response = await post({ model, input: "Hello", stream: true });
		expect(response.status).toBe(502);
		expect(await response.json()).toMatchObject({ error: { message: "It broke." } });
	});

	test("end with an error event when the provider fails in the middle", async () => {
		native();
		const failed = {
			type: "response.failed",
			sequence_number: 12,
			response: {
				...nativeResponse([], "failed"),
				error: { code: "server_error", message: "It broke." },
			},
		};
		upstream.answer(sendEvents([...nativeEvents({ deltas: ["Hel"] }).slice(0, 12), failed]));
		const events = await typedOf(await post({ model, input: "Hello", stream: true }));
		expect(events.at(-1)).toMatchObject({
			type: "error",
			sequence_number: 12,
			error: { message: "It broke." },
		});
	});
});
