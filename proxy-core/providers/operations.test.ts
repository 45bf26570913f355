import { describe, expect, test } from "vitest";
import type { OperationId } from "../contract/settled-record.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { AnyProvider, Connector, OperationInput, OperationWire } from "./define-provider.ts";
import { connectProvider, findProvider, providers } from "./registry.ts";

const marker = "sk-marker-0123456789abcdef";
const registry: readonly AnyProvider[] = providers;

function connect(provider: AnyProvider): Connector {
	const given = {
		baseUrl: "https://upstream.example/base/v1",
		apiKey: marker,
		accountId: "account",
		project: "project",
	};
	const known = Object.keys(provider.settings.shape);
	return connectProvider(
		provider,
		Object.fromEntries(Object.entries(given).filter(([name]) => known.includes(name))),
	);
}

function wireOf(provider: string, operation: OperationId): OperationWire {
	const found = findProvider(provider);
	const wire = found && connect(found).operations?.[operation];
	if (wire === undefined) throw new Error(`${provider} does not offer ${operation}`);
	return wire;
}

function input(json: Readonly<Record<string, unknown>>, model = "upstream-model"): OperationInput {
	return { model, json, body: JSON.stringify(json), files: [], stream: json["stream"] === true };
}

function sent(wire: OperationWire, from: OperationInput) {
	const request = wire.encode(from);
	return { ...request, json: JSON.parse(Buffer.from(request.body ?? "").toString()) };
}

function decoded(wire: OperationWire, answer: unknown, from: OperationInput) {
	const result = wire.decode(
		{ contentType: "application/json", body: Buffer.from(JSON.stringify(answer)) },
		from,
	);
	return { ...result, json: JSON.parse(String(result.body)) };
}

function codeOf(run: () => unknown): string | undefined {
	try {
		run();
	} catch (error) {
		return GatewayError.is(error) ? error.code : String(error);
	}
	return undefined;
}

const file = {
	field: "file",
	name: "a.wav",
	mediaType: "audio/wav",
	bytes: Buffer.from("RIFF"),
};

const samples: Readonly<Record<Exclude<OperationId, "moderations">, OperationInput>> = {
	embeddings: input({ model: "asked", input: ["a"] }),
	"images.generations": input({ model: "asked", prompt: "a" }),
	"images.edits": {
		...input({ model: "asked", prompt: "a" }),
		files: [{ ...file, field: "image", mediaType: "image/png" }],
	},
	"audio.speech": input({ model: "asked", input: "a", voice: "alloy" }),
	"audio.transcriptions": { ...input({ model: "asked" }), files: [file] },
	"audio.translations": { ...input({ model: "asked" }), files: [file] },
	rerank: input({ model: "asked", query: "a", documents: ["b", "c"] }),
};

/** Names that a provider's own rules for models admit. */
const models: Readonly<Record<string, string>> = {
	"bedrock embeddings": "amazon.titan-embed-text-v2:0",
	"bedrock rerank": "cohere.rerank-v3-5:0",
};

const offered = registry.flatMap((provider) =>
	Object.entries(connect(provider).operations ?? {}).map(
		([operation, wire]) => [provider.id, operation as keyof typeof samples, wire] as const,
	),
);

describe.each(offered)("%s %s", (provider, operation, wire) => {
	const sample = samples[operation];
	const model = models[`${provider} ${operation}`] ?? sample.model;

	test("is sent to a plain path, for the upstream's model, with the secret in headers only", () => {
		const request = wire.encode({ ...sample, model });
		expect(request.path).toMatch(/^\/[^#\s\\]*$/);
		expect(request.path).not.toContain("..");
		const body = Buffer.from(request.body ?? "").toString("latin1");
		expect(request.path + body).not.toContain(marker);
		expect(body).not.toContain("asked");
		expect(decodeURIComponent(request.path) + body).toContain(model);
	});

	test("takes what is no answer for a malformed one", () => {
		for (const body of ["", "[]", "{", "<html>", '"x"', '{"data":7}', '{"results":{}}']) {
			const code = codeOf(() =>
				wire.decode({ contentType: "application/json", body: Buffer.from(body) }, sample),
			);
			expect([undefined, "upstream.malformed", "upstream.content_policy"]).toContain(code);
		}
		const html = { contentType: "text/html", body: Buffer.from("<script>") };
		const code = codeOf(() => expect(wire.decode(html, sample).contentType).not.toContain("html"));
		expect([undefined, "upstream.malformed"]).toContain(code);
	});
});

describe("embeddings", () => {
	const vectors = [
		[0.5, -1],
		[0.25, 2],
	];
	const asked = input({ model: "m", input: ["a", "b"], dimensions: 2 });

	test.each([
		[
			"ollama",
			{ embeddings: vectors, prompt_eval_count: 9 },
			{ model: "upstream-model", input: ["a", "b"], dimensions: 2 },
		],
		[
			"gemini",
			{ embeddings: vectors.map((values) => ({ values })), usageMetadata: { promptTokenCount: 9 } },
			{
				requests: ["a", "b"].map((text) => ({
					model: "models/upstream-model",
					content: { parts: [{ text }] },
					outputDimensionality: 2,
				})),
			},
		],
		[
			"vertex",
			{
				predictions: vectors.map((values, index) => ({
					embeddings: { values, statistics: { token_count: 4 + index } },
				})),
			},
			{
				instances: [{ content: "a" }, { content: "b" }],
				parameters: { outputDimensionality: 2 },
			},
		],
		[
			"cohere",
			{ embeddings: { float: vectors }, meta: { billed_units: { input_tokens: 9 } } },
			{
				model: "upstream-model",
				texts: ["a", "b"],
				input_type: "search_document",
				embedding_types: ["float"],
				output_dimension: 2,
			},
		],
	])("of %s are translated both ways", (provider, answer, body) => {
		const wire = wireOf(provider, "embeddings");
		expect(sent(wire, asked).json).toEqual(body);
		const { json, usage } = decoded(wire, answer, asked);
		expect(json).toMatchObject({
			object: "list",
			data: [
				{ object: "embedding", index: 0, embedding: vectors[0] },
				{ object: "embedding", index: 1, embedding: vectors[1] },
			],
			usage: { prompt_tokens: 9, total_tokens: 9 },
		});
		expect(usage).toEqual({ inputTokens: 9, outputTokens: 0, estimated: false });
	});

	test("of Bedrock depend on the family of the model", () => {
		const wire = wireOf("bedrock", "embeddings");
		const titan = input(
			{ model: "m", input: "a", dimensions: 256 },
			"amazon.titan-embed-text-v2:0",
		);
		expect(sent(wire, titan)).toMatchObject({
			path: "/model/amazon.titan-embed-text-v2%3A0/invoke",
			json: { inputText: "a", dimensions: 256 },
		});
		expect(
			decoded(wire, { embedding: [1], inputTextTokenCount: 3 }, titan).usage?.inputTokens,
		).toBe(3);
		const cohere = input(
			{ model: "m", input: ["a"], input_type: "search_query" },
			"cohere.embed-v4:0",
		);
		expect(sent(wire, cohere).json).toMatchObject({ texts: ["a"], input_type: "search_query" });
		const { usage } = decoded(wire, { embeddings: { float: [[1]] } }, cohere);
		expect(usage).toMatchObject({ inputTokens: 1, estimated: true });
		expect(codeOf(() => wire.encode({ ...asked, model: titan.model }))).toBe("request.unsupported");
	});

	test("of Hugging Face have an address of their own", () => {
		const wire = wireOf("huggingface", "embeddings");
		expect(wire.baseUrl).toBe("https://upstream.example/base");
		const one = input({ model: "m", input: "a" }, "BAAI/bge-small");
		expect(sent(wire, one)).toMatchObject({
			path: "/hf-inference/models/BAAI/bge-small/pipeline/feature-extraction",
			json: { inputs: ["a"] },
		});
		expect(decoded(wire, [[1, 2]], one).json.data[0].embedding).toEqual([1, 2]);
	});

	test("come in base64 when that was asked for, also from servers that pass it over", () => {
		const base64 = Buffer.from(new Float32Array([0.5, -1]).buffer).toString("base64");
		const one = input({ model: "m", input: "a", encoding_format: "base64" });
		const openai = decoded(
			wireOf("fireworks", "embeddings"),
			{ data: [{ index: 0, embedding: [0.5, -1] }], usage: { prompt_tokens: 1, total_tokens: 1 } },
			one,
		);
		expect(openai.json.data[0].embedding).toBe(base64);
		const ollama = decoded(wireOf("ollama", "embeddings"), { embeddings: [[0.5, -1]] }, one);
		expect(ollama.json.data[0].embedding).toBe(base64);
	});

	test.each([
		["tokens", { input: [1, 2] }],
		["a field that the wire does not know", { input: "a", late_chunking: true }],
		["another encoding", { input: "a", encoding_format: "int8" }],
	])("with %s are refused where the wire cannot say it", (_, json) => {
		for (const provider of ["ollama", "gemini", "vertex", "cohere", "huggingface"]) {
			const wire = wireOf(provider, "embeddings");
			expect(codeOf(() => wire.encode(input({ model: "m", ...json })))).toBe("request.unsupported");
		}
	});

	test("are as many as the texts, or none at all", () => {
		const wire = wireOf("ollama", "embeddings");
		expect(codeOf(() => decoded(wire, { embeddings: [[1]] }, asked))).toBe("upstream.malformed");
	});

	test("name their length as Mistral does", () => {
		const { json } = sent(wireOf("mistral", "embeddings"), asked);
		expect(json).toEqual({ model: "upstream-model", input: ["a", "b"], output_dimension: 2 });
	});
});

describe("rerank", () => {
	const asked = input({
		model: "m",
		query: "q",
		documents: ["a", { text: "b" }],
		top_n: 1,
		return_documents: true,
	});

	test("of Cohere takes plain texts, and gives back the documents that were sent", () => {
		const wire = wireOf("cohere", "rerank");
		expect(sent(wire, asked).json).toEqual({
			model: "upstream-model",
			query: "q",
			documents: ["a", "b"],
			top_n: 1,
		});
		const answer = {
			id: "1",
			results: [{ index: 1, relevance_score: 0.9 }],
			meta: { billed_units: { search_units: 1 } },
		};
		const { json, usage } = decoded(wire, answer, asked);
		expect(json.results).toEqual([{ index: 1, relevance_score: 0.9, document: { text: "b" } }]);
		expect(usage).toMatchObject({ searches: 1, estimated: false });
	});

	test("refuses documents that are more than a text", () => {
		const json = { model: "m", query: "q", documents: [{ title: "a", text: "b" }] };
		expect(codeOf(() => wireOf("cohere", "rerank").encode(input(json)))).toBe(
			"request.unsupported",
		);
	});
});

describe("images", () => {
	test("of Together are measured in two numbers", () => {
		const wire = wireOf("together", "images.generations");
		const asked = input({ model: "m", prompt: "p", size: "1024x768", response_format: "b64_json" });
		expect(sent(wire, asked).json).toEqual({
			model: "upstream-model",
			prompt: "p",
			width: 1024,
			height: 768,
			response_format: "base64",
		});
	});

	test("of Google come from Imagen and from Gemini, each in its own shape", () => {
		const wire = wireOf("gemini", "images.generations");
		const imagen = input({ model: "m", prompt: "p", n: 2, size: "1408x768" }, "imagen-4.0");
		expect(sent(wire, imagen)).toMatchObject({
			path: "/models/imagen-4.0:predict",
			json: {
				instances: [{ prompt: "p" }],
				parameters: { sampleCount: 2, aspectRatio: "16:9" },
			},
		});
		const drawn = decoded(wire, { predictions: [{ bytesBase64Encoded: "AA==" }] }, imagen);
		expect(drawn.json.data).toEqual([{ b64_json: "AA==" }]);
		expect(drawn.usage).toMatchObject({ images: 1, imageVariant: "1408x768" });
		const gemini = input({ model: "m", prompt: "p" }, "gemini-2.5-flash-image");
		const answer = {
			candidates: [{ content: { parts: [{ inlineData: { data: "AA==" } }] } }],
			usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1290 },
		};
		expect(decoded(wire, answer, gemini).usage).toMatchObject({
			inputTokens: 3,
			outputTokens: 1290,
			outputImageTokens: 1290,
			images: 1,
		});
		expect(codeOf(() => decoded(wire, { candidates: [] }, gemini))).toBe("upstream.content_policy");
		expect(codeOf(() => wire.encode({ ...gemini, json: { ...gemini.json, n: 2 } }))).toBe(
			"request.unsupported",
		);
	});

	test("are counted, and their tokens told apart", () => {
		const wire = wireOf("openai", "images.generations");
		const asked = input({ model: "m", prompt: "p" });
		const answer = {
			data: [{ b64_json: "" }, { b64_json: "" }],
			size: "1024x1024",
			quality: "high",
			usage: {
				input_tokens: 50,
				output_tokens: 8320,
				input_tokens_details: { text_tokens: 10, image_tokens: 40 },
			},
		};
		expect(decoded(wire, answer, asked).usage).toEqual({
			inputTokens: 50,
			outputTokens: 8320,
			inputImageTokens: 40,
			images: 2,
			imageVariant: "high/1024x1024",
			estimated: false,
		});
	});
});

describe("sound", () => {
	test("is heard in tokens or in seconds, as the provider says", () => {
		const wire = wireOf("openai", "audio.transcriptions");
		const asked = samples["audio.transcriptions"];
		const tokens = {
			type: "tokens",
			input_tokens: 14,
			output_tokens: 45,
			input_token_details: { text_tokens: 4, audio_tokens: 10 },
		};
		expect(decoded(wire, { text: "x", usage: tokens }, asked).usage).toEqual({
			inputTokens: 14,
			outputTokens: 45,
			inputAudioTokens: 10,
			estimated: false,
		});
		const seconds = { type: "duration", seconds: 9 };
		expect(decoded(wire, { text: "x", usage: seconds }, asked).usage?.audioMs).toBe(9000);
		expect(decoded(wire, { text: "x", duration: 8.47 }, asked).usage?.audioMs).toBe(8470);
		expect(decoded(wire, { text: "x" }, asked).usage).toBeUndefined();
	});

	test("goes to deployments at Azure", () => {
		const wire = wireOf("azure", "audio.speech");
		expect(wire.encode({ ...samples["audio.speech"], model: "voice" }).path).toBe(
			"/openai/deployments/voice/audio/speech?api-version=2024-10-21",
		);
	});
});
