import { once } from "node:events";
import { createServer } from "node:http";
import OpenAI, { toFile } from "openai";
import { describe, expect, test } from "vitest";
import { readForm } from "./operations/read-form.ts";
import { provider as custom } from "./providers/openai-compatible/provider.ts";
import { toneWav } from "./providers/simulator/tone.ts";
import { errorOf } from "./testing/gateway-fixture.ts";
import { hiding, recording, startOperationsFixture } from "./testing/operations-fixture.ts";
import { testTarget } from "./testing/test-gateway.ts";
import { sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, post, last, lastSeen } = await startOperationsFixture();

describe("forms", () => {
	test("reach the provider with its model, edited texts and the same file", async () => {
		gateway.change({ guards: [hiding("request")] });
		upstream.answer(sendJson({ text: "hello", usage: { type: "duration", seconds: 2 } }));
		const response = await post(
			"/audio/transcriptions",
			recording({ model: "up/model", language: "en", prompt: "key sk-1", "include[]": "logprobs" }),
		);
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({ text: "hello" });
		const { headers, body, path } = lastSeen();
		expect(path).toBe("/v1/audio/transcriptions");
		// The scripted provider reads UTF-8; the length still tells whether the file was whole.
		expect(Number(headers["content-length"])).toBeGreaterThan(toneWav(4).length);
		for (const text of ["model\r\n", "key [hidden]", 'name="include[]"', 'filename="tone.wav"']) {
			expect(body).toContain(text);
		}
		expect(body).not.toContain("up/model");
		expect(last()).toMatchObject({
			endpoint: "audio.transcriptions",
			action: "redact",
			usage: { audioMs: 2000, estimated: false },
		});
	});

	test("have the names of their files judged and masked, and keep their endings", async () => {
		const form = recording({ model: "up/model" });
		const bytes = new Uint8Array(toneWav(4));
		form.set("file", new Blob([bytes], { type: "audio/wav" }), "sk-1 of anna@example.org.wav");
		gateway.change({
			guards: [hiding("request")],
			settings: { privacy: { mode: "enforce" } },
		});
		upstream.answer(sendJson({ text: "hello" }));
		const response = await post("/audio/transcriptions", form);
		expect(response.status).toBe(200);
		const { body } = lastSeen();
		expect(body).toContain('filename="[hidden] of <EMAIL_ADDRESS_1>.wav"');
		expect(body.match(/name="(?!file")/g)).toHaveLength(
			1 + (body.match(/filename="/g) ?? []).length,
		);
		expect(last()).toMatchObject({
			action: "redact",
			findings: [{ source: "user" }, { rule: "EMAIL_ADDRESS" }],
		});
	});

	test("may be refused for the name of a file", async () => {
		const form = new FormData();
		form.set("model", "up/model");
		form.set("prompt", "a hat");
		form.set("image", new Blob(["x"], { type: "image/png" }), "hat.png");
		form.append("image[]", new Blob(["x"], { type: "image/png" }), "anna@example.org.png");
		gateway.change({
			settings: { privacy: { mode: "enforce", actions: { EMAIL_ADDRESS: "block" } } },
		});
		expect((await post("/images/edits", form)).status).toBe(403);
	});

	test("come out of the wire byte for byte", async () => {
		const bytes = new Uint8Array(1000).map((_, index) => (index * 7) % 256);
		const received = Promise.withResolvers<Buffer>();
		const server = createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk);
			const contentType = request.headers["content-type"] ?? "";
			const form = await readForm({
				body: Buffer.concat(chunks),
				contentType,
				fileFields: ["file"],
			});
			received.resolve(Buffer.from(form.files[0]?.bytes ?? []));
			response.setHeader("content-type", "application/json");
			response.end('{"text":"x"}');
		});
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		const address = server.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		const baseUrl = `http://127.0.0.1:${port}/v1`;
		const connector = custom.connect(custom.settings.parse({ baseUrl }));
		gateway.change({
			targets: [testTarget(baseUrl, { id: "raw/model", model: "model", connector })],
		});
		await post("/audio/translations", recording({ model: "raw/model" }, Buffer.from(bytes)));
		expect(await received.promise).toEqual(Buffer.from(bytes));
		server.close();
	});

	test("that are broken, or not forms at all, are refused as such", async () => {
		const broken = await post("/audio/transcriptions", "--x\r\nnothing", {
			"content-type": "multipart/form-data; boundary=x",
		});
		expect(broken.status).toBe(400);
		expect(await errorOf(broken)).toMatchObject({ code: "malformed_form" });
		const json = await post("/audio/transcriptions", { model: "up/model" });
		expect(json.status).toBe(415);
		const form = await post("/embeddings", recording({ model: "up/model" }));
		expect(form.status).toBe(415);
	});

	test("are searched for signatures in their texts, not in the bytes of their files", async () => {
		upstream.answer(sendJson({ text: "x" }));
		const tag = Buffer.from("\u{e0041}");
		const unlucky = Buffer.concat([toneWav(1), tag]);
		const clean = await post("/audio/transcriptions", recording({ model: "up/model" }, unlucky));
		expect(clean.status).toBe(200);
		const hidden = await post(
			"/audio/transcriptions",
			recording({ model: "up/model", prompt: "hi \u{e0041}" }),
		);
		expect(hidden.status).toBe(403);
		expect(await errorOf(hidden)).toMatchObject({ code: "guardrail_blocked" });
	});
});

describe("targets", () => {
	test("that do not offer an operation say so by its name", async () => {
		const response = await post("/rerank", { model: "chat/only", query: "q", documents: ["d"] });
		expect(response.status).toBe(400);
		const error = await errorOf(response);
		expect(error).toMatchObject({ code: "unsupported_by_target" });
		expect(error["message"]).toContain("rerank");
	});

	test("that refuse have their own status and message", async () => {
		upstream.answer(sendJson({ error: { message: "too many inputs" } }, 422));
		const response = await post("/embeddings", { model: "up/model", input: "a" });
		expect(response.status).toBe(422);
		expect(await errorOf(response)).toMatchObject({ message: "too many inputs" });
		expect(last()).toMatchObject({ outcome: "failed", usage: null, costMicroUsd: null });
	});

	test("get bodies as they were sent but for the model", async () => {
		upstream.answer(sendJson({ data: [], usage: { prompt_tokens: 7, total_tokens: 7 } }));
		const body = '{ "input": ["a", "b"], "model": "up/model", "seed": 12345678901234567890 }';
		const response = await post("/embeddings", body);
		expect(response.headers.get("x-llmproxy-cost-usd")).toBe("0.000007");
		expect(lastSeen().body).toBe(body.replace("up/model", "model"));
	});
});

describe("memory", () => {
	test("answers the same embedding, and the same speech, without asking again", async () => {
		const keep = { "x-llmproxy-cache": "true" };
		upstream.answer(sendJson({ data: [], usage: { prompt_tokens: 7, total_tokens: 7 } }));
		const embedding = { model: "up/model", input: "remember me" };
		await (await post("/embeddings", embedding, keep)).text();
		const seen = upstream.seen.length;
		const again = await post("/embeddings", embedding, keep);
		expect(again.headers.get("x-llmproxy-cache")).toBe("hit");
		expect(again.headers.get("x-llmproxy-cost-usd")).toBe("0.000000");
		expect(upstream.seen.length).toBe(seen);

		const bytes = Buffer.from([0, 128, 255, 10]);
		upstream.answer((out) => {
			out.writeHead(200, { "content-type": "audio/mpeg" }).end(bytes);
		});
		const speech = { model: "up/model", input: "remember me", voice: "alloy" };
		await (await post("/audio/speech", speech, keep)).arrayBuffer();
		const heard = await post("/audio/speech", speech, keep);
		expect(heard.headers.get("x-llmproxy-cache")).toBe("hit");
		expect(Buffer.from(await heard.arrayBuffer())).toEqual(bytes);
	});
});

describe("moderations", () => {
	test("say what the guards find, text by text, and refuse nothing", async () => {
		gateway.change({ guards: [hiding("request")] });
		const before = upstream.seen.length;
		const response = await post("/moderations", { input: ["hello", "sk-1"] });
		const body = (await response.json()) as OpenAI.ModerationCreateResponse;
		expect(body.model).toBe("llmproxy-moderation");
		expect(body.results.map(({ flagged }) => flagged)).toEqual([false, true]);
		expect(body.results[1]?.category_scores).toMatchObject({ "llmproxy/hide": 0.8, violence: 0 });
		expect(body.results[0]?.categories).toMatchObject({ "llmproxy/hide": false, hate: false });
		expect(upstream.seen.length).toBe(before);
		expect(last()).toMatchObject({
			endpoint: "moderations",
			outcome: "answered",
			action: "flag",
			provider: null,
			costMicroUsd: null,
			isUnpriced: false,
		});
	});

	test("judge the parts of one input together", async () => {
		gateway.change({ guards: [hiding("request")] });
		const input = [
			{ type: "text", text: "hello" },
			{ type: "text", text: "sk-1" },
		];
		const body = await (
			await post("/moderations", { input, model: "omni-moderation-latest" })
		).json();
		expect(body).toMatchObject({ results: [{ flagged: true }] });
		expect(last().requestedModel).toBe("omni-moderation-latest");
	});
});

describe("OpenAI's own SDK", () => {
	const client = new OpenAI({ apiKey: gateway.token, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
	const model = "sim/echo";

	test("gets embeddings, images, sound, transcripts and moderations from the simulator", async () => {
		const { data } = await client.embeddings.create({ model, input: ["red fox", "red fox"] });
		expect(data[0]?.embedding).toHaveLength(256);
		expect(data[0]?.embedding).toEqual(data[1]?.embedding);
		const drawn = await client.images.generate({ model, prompt: "a red fox" });
		const png = Buffer.from(drawn.data?.[0]?.b64_json ?? "", "base64");
		expect(png.toString("latin1", 1, 4)).toBe("PNG");
		const image = await toFile(png, "fox.png", { type: "image/png" });
		const edited = await client.images.edit({ model, prompt: "bluer", image });
		expect(edited.data?.[0]?.revised_prompt).toContain("no model has drawn it");
		const spoken = await client.audio.speech.create({ model, input: "hi", voice: "alloy" });
		const wav = Buffer.from(await spoken.arrayBuffer());
		expect(wav.toString("latin1", 0, 4)).toBe("RIFF");
		const sound = await toFile(wav, "hi.wav", { type: "audio/wav" });
		const heard = await client.audio.transcriptions.create({ model, file: sound });
		expect(heard.text).toContain("nothing has been heard");
		const moderation = await client.moderations.create({ input: "hello" });
		expect(moderation.results[0]?.flagged).toBe(false);
	});

	test("reads streams of transcripts and of images", async () => {
		const sound = await toFile(toneWav(1), "hi.wav", { type: "audio/wav" });
		const stream = await client.audio.transcriptions.create({ model, file: sound, stream: true });
		let text = "";
		let whole = "";
		for await (const event of stream) {
			if (event.type === "transcript.text.delta") text += event.delta;
			if (event.type === "transcript.text.done") whole = event.text;
		}
		expect(text).toBe(whole);
		const images = await client.images.generate({ model, prompt: "a fox", stream: true });
		const types: string[] = [];
		for await (const event of images) types.push(event.type);
		expect(types).toEqual(["image_generation.partial_image", "image_generation.completed"]);
	});
});
