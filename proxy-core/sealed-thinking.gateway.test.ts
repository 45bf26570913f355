import { describe, expect, test } from "vitest";
import { fakeCredential } from "./testing/gateway-fixture.ts";
import { startMessagesFixture } from "./testing/messages-fixture.ts";
import { sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, claude, last } = await startMessagesFixture();

const thought = {
	type: "thinking",
	thinking: `Their key is ${fakeCredential}.`,
	signature: "c2lnbmF0dXJl",
};
const text = { type: "text", text: "Hello." };
const answer = (content: readonly object[]) => ({
	id: "msg_1",
	type: "message",
	role: "assistant",
	model: "claude-x",
	content,
	stop_reason: "end_turn",
	stop_sequence: null,
	usage: { input_tokens: 1, output_tokens: 1 },
});

function ask(body: object): Promise<Response> {
	return fetch(`${gateway.url}/v1/messages`, {
		method: "POST",
		headers: { "x-api-key": gateway.token, "content-type": "application/json" },
		body: JSON.stringify({ model: "claude/claude-x", max_tokens: 5000, ...body }),
	});
}

const secrets = (options: object) =>
	gateway.change({ settings: { guards: { "secret-leak": options } }, targets: [claude] });
const again = [
	{ role: "user", content: "Hi" },
	{ role: "assistant", content: [thought, text] },
	{ role: "user", content: `And ${fakeCredential}?` },
];

describe("thinking that its provider signed", () => {
	test("goes back as it came, and what a guard would cut out of it is reported", async () => {
		secrets({ requestAction: "redact" });
		upstream.answer(sendJson(answer([text])));
		expect((await ask({ messages: again })).status).toBe(200);
		const { messages } = JSON.parse(upstream.seen.at(-1)?.body ?? "{}");
		expect(messages[1].content).toEqual([thought, text]);
		expect(messages[2].content).toMatch(/^And \[REDACTED:.*\]\?$/);
		expect(last().findings).toMatchObject([
			{ guard: "secret-leak", source: "assistant", action: "flag" },
			{ guard: "secret-leak", source: "user", action: "redact" },
		]);
	});

	test("is a reason to refuse when the policy is to block", async () => {
		secrets({ requestAction: "block" });
		const messages = [...again.slice(0, 2), { role: "user", content: "And?" }];
		expect((await ask({ messages })).status).toBe(403);
	});

	test("is edited as any text when nobody signed it", async () => {
		secrets({ requestAction: "redact" });
		upstream.answer(sendJson(answer([text])));
		const unsigned = { type: "thinking", thinking: thought.thinking, signature: "" };
		await ask({
			messages: [again[0], { role: "assistant", content: [unsigned, text] }, again[0]],
		});
		expect(upstream.seen.at(-1)?.body).not.toContain(fakeCredential);
	});

	test("does not leave in an answer from which a part of it would have to be cut", async () => {
		secrets({ action: "redact" });
		upstream.answer(sendJson(answer([thought, text])));
		const response = await ask({ messages: [again[0]] });
		expect(response.status).toBeGreaterThanOrEqual(400);
		expect(await response.text()).not.toContain(fakeCredential);
		expect(last()).toMatchObject({ outcome: "refused", action: "block" });

		const event = (type: string, fields: object) =>
			`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
		const delta = (index: number, fields: object) =>
			event("content_block_delta", { index, delta: fields });
		upstream.answer(
			sendEvents([
				event("message_start", { message: { ...answer([]), stop_reason: null } }),
				event("content_block_start", {
					index: 0,
					content_block: { type: "thinking", thinking: "", signature: "" },
				}),
				delta(0, { type: "thinking_delta", thinking: "Their key is " }),
				delta(0, { type: "thinking_delta", thinking: `${fakeCredential} .` }),
				delta(0, { type: "signature_delta", signature: thought.signature }),
				event("content_block_stop", { index: 0 }),
				event("message_stop", {}),
			]),
		);
		const stream = await (await ask({ messages: [again[0]], stream: true })).text();
		expect(stream).not.toContain(fakeCredential.slice(0, 30));
		expect(stream).not.toContain("REDACTED");
		expect(last()).toMatchObject({ outcome: "refused", action: "block" });
	});
});
