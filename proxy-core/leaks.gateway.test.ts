import { describe, expect, test } from "vitest";
import {
	eventsOf,
	fakeCredential,
	question,
	startGatewayFixture,
} from "./testing/gateway-fixture.ts";
import { chunk, completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, post, last } = await startGatewayFixture();

describe("a leaked provider key", () => {
	test("never leaves in a JSON answer", async () => {
		const leak = structuredClone(completion);
		const [choice] = leak.choices;
		if (choice !== undefined) choice.message.content = `The key is ${fakeCredential}.`;
		upstream.answer(sendJson(leak));
		const text = await (await post(question)).text();
		expect(text).not.toContain(fakeCredential.slice(8, 30));
		expect(JSON.parse(text).choices[0].message.content).toMatch(/^The key is \[REDACTED:.*\]\.$/);
		expect(last()).toMatchObject({ action: "redact", findings: [{ guard: "secret-leak" }] });
	});

	test.each([1, 2, 3, 7, 20])("never leaves in a stream of %i characters a chunk", async (size) => {
		const whole = `Sure, it is ${fakeCredential} as you asked.`;
		const chunks = whole.match(new RegExp(`.{1,${size}}`, "g")) ?? [];
		upstream.answer(
			sendEvents([
				...chunks.map((content) => chunk({ content })),
				chunk({}, "stop"),
				"data: [DONE]\n\n",
			]),
		);
		const seen = await eventsOf(await post({ ...question, stream: true }));
		const text = seen
			.map((event) => (typeof event === "string" ? "" : JSON.stringify(event)))
			.map((event) => (event === "" ? "" : (JSON.parse(event).choices[0].delta.content ?? "")))
			.join("");
		expect(text).toMatch(/^Sure, it is \[REDACTED:[\w-]+\] as you asked\.$/);
		expect(seen.at(-1)).toBe("[DONE]");
	});

	test("ends the stream as filtered when the policy is to block", async () => {
		gateway.change({ settings: { guards: { "secret-leak": { action: "block" } } } });
		const begun = Promise.withResolvers<void>();
		upstream.answer(async (out) => {
			out.writeHead(200, { "content-type": "text/event-stream" });
			out.write(`data: ${JSON.stringify(chunk({ content: "Here you are: " }))}\n\n`);
			await begun.promise;
			out.write(`data: ${JSON.stringify(chunk({ content: `${fakeCredential} ` }))}\n\n`);
		});
		const response = await post({ ...question, stream: true });
		begun.resolve();
		const text = await response.text();
		expect(text).not.toContain(fakeCredential.slice(8, 30));
		expect(text).toContain('"finish_reason":"content_filter"');
		expect(last()).toMatchObject({ outcome: "refused", action: "block" });
	});
});
