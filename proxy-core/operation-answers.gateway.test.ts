import { beforeEach, describe, expect, test } from "vitest";
import { errorOf, eventsOf } from "./testing/gateway-fixture.ts";
import { hiding, recording, startOperationsFixture } from "./testing/operations-fixture.ts";
import { sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, authorization, post, last, lastSeen } = await startOperationsFixture();

describe("answers", () => {
	beforeEach(() => gateway.change({ guards: [hiding("answer")] }));
	const form = (fields = {}) => recording({ model: "up/model", ...fields });

	test("in JSON lose a secret wherever it is repeated, and keep everything else", async () => {
		const answer =
			'{"text":"a sk-1","n":1.10,"segments":[{"text":"a sk","tokens":[1]},{"text":"-1"}]}';
		upstream.answer(sendJson(answer));
		const response = await post("/audio/transcriptions", form());
		expect(await response.text()).toBe(
			'{"text":"a [hidden]","n":1.10,"segments":[{"text":"a [hidden]"},{"text":""}]}',
		);
		expect(response.headers.get("content-type")).toBe("application/json");
		expect(last().findings).toHaveLength(2);
	});

	test("in plain text and in subtitles lose it too", async () => {
		for (const type of ["text/plain; charset=utf-8", "text/vtt"]) {
			upstream.answer((out) => {
				out.writeHead(200, { "content-type": type }).end("1\n00:00 --> 00:01\na sk-1\n");
			});
			const response = await post("/audio/transcriptions", form({ response_format: "srt" }));
			expect(await response.text()).toBe("1\n00:00 --> 00:01\na [hidden]\n");
			expect(response.headers.get("content-type")).toMatch(/^text\/(plain|vtt); charset=utf-8$/);
			expect(last().usage).toMatchObject({ estimated: true, audioMs: 1000 });
		}
	});

	test("in a stream lose it however it is cut, and end with the provider's own usage", async () => {
		const usage = { type: "tokens", input_tokens: 30, output_tokens: 4 };
		upstream.answer(
			sendEvents([
				{ type: "transcript.text.delta", delta: "a s" },
				{ type: "transcript.text.delta", delta: "k-" },
				{ type: "transcript.text.delta", delta: "1 b" },
				{ type: "transcript.text.done", text: "a sk-1 b", usage },
			]),
		);
		const response = await post("/audio/transcriptions", form({ stream: "true" }));
		expect(response.headers.get("content-type")).toContain("text/event-stream");
		const events = (await eventsOf(response)) as { delta?: string; text?: string }[];
		expect(events.map(({ delta }) => delta ?? "").join("")).toBe("a [hidden] b");
		expect(events.at(-1)?.text).toBe("a [hidden] b");
		expect(last()).toMatchObject({
			isStreaming: true,
			usage: { inputTokens: 30, outputTokens: 4 },
		});
	});

	test("that a provider breaks off end with an error event, and are paid for as estimated", async () => {
		gateway.change({ guards: [] });
		upstream.answer(sendEvents([{ type: "transcript.text.delta", delta: "a" }], "break"));
		const response = await post("/audio/transcriptions", form({ stream: "true" }));
		const text = await response.text();
		expect(text).toContain('"delta":"a"');
		expect(text).toContain("event: error");
		expect(last()).toMatchObject({
			outcome: "failed",
			errorCode: "upstream_interrupted",
			usage: { estimated: true },
		});
		expect(last().costMicroUsd).toBeGreaterThan(0);
	});

	test("with an error event and nothing else have a real status", async () => {
		upstream.answer(sendEvents([{ type: "error", error: { message: "overloaded" } }]));
		const response = await post("/audio/transcriptions", form({ stream: "true" }));
		expect(response.status).toBe(502);
		expect(await errorOf(response)).toMatchObject({ message: "overloaded" });
	});
});

describe("sound", () => {
	const sound = Buffer.from(new Uint8Array(5000).map((_, index) => (index * 31) % 256));
	const asked = { model: "up/model", input: "Good morning", voice: "alloy" };

	test("is handed on while it comes, byte for byte, with its cost known from the start", async () => {
		const firstRead = Promise.withResolvers<void>();
		upstream.answer(async (out) => {
			out.writeHead(200, { "content-type": "audio/mpeg" });
			out.write(sound.subarray(0, 2000));
			// The rest is sent only when the beginning has arrived at the caller.
			await firstRead.promise;
			out.end(sound.subarray(2000));
		});
		const response = await post("/audio/speech", asked);
		expect(response.headers.get("content-type")).toBe("audio/mpeg");
		expect(response.headers.get("x-llmproxy-cost-usd")).toBe("0.000180");
		const chunks: Uint8Array[] = [];
		for await (const chunk of response.body ?? []) {
			chunks.push(chunk);
			firstRead.resolve();
		}
		expect(Buffer.concat(chunks)).toEqual(sound);
		expect(last()).toMatchObject({ usage: { characters: 12 }, responseBytes: 5000 });
	});

	test("that was broken off does not pass for whole", async () => {
		upstream.answer((out) => {
			out.writeHead(200, { "content-type": "audio/mpeg", "content-length": 5000 });
			out.write(sound.subarray(0, 2000), () => out.destroy());
		});
		const response = await post("/audio/speech", asked);
		await expect(response.arrayBuffer()).rejects.toThrow();
		await expect.poll(() => last().errorCode).toBe("upstream_interrupted");
	});

	test("that cannot be recorded does not pass for whole either", async () => {
		upstream.answer((out) => {
			out.writeHead(200, { "content-type": "audio/mpeg" }).end(sound);
		});
		gateway.breakJournal(true);
		// Whether the beginning still arrives is the network's affair.
		const whole = post("/audio/speech", asked).then((response) => response.arrayBuffer());
		await expect(whole).rejects.toThrow();
		gateway.breakJournal(false);
	});

	test("that nobody listens to any more is not asked for any longer", async () => {
		upstream.answer((out) => {
			out.writeHead(200, { "content-type": "audio/mpeg" });
			out.write(sound);
		});
		const hangUp = new AbortController();
		const response = await fetch(`${gateway.url}/v1/audio/speech`, {
			method: "POST",
			headers: { authorization, "content-type": "application/json" },
			body: JSON.stringify(asked),
			signal: hangUp.signal,
		});
		await response.body?.getReader().read();
		hangUp.abort();
		expect(await lastSeen().closed).toBe("broken");
		await expect.poll(() => last().outcome).toBe("cancelled");
	});

	test("in another form is an answer that could not be read", async () => {
		upstream.answer((out) => {
			out.writeHead(200, { "content-type": "text/html" }).end("<script>");
		});
		const response = await post("/audio/speech", asked);
		expect(response.status).toBe(502);
		expect(await errorOf(response)).toMatchObject({ code: "upstream_malformed" });
	});
});
