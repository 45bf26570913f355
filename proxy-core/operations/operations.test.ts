import { describe, expect, test } from "vitest";
import { GatewayError } from "../errors/gateway-error.ts";
import { readAnswerText } from "./answer-text.ts";
import { estimatedUsage, unitBounds } from "./estimate-usage.ts";
import { operations } from "./registry.ts";

const file = { field: "file", name: "a.wav", mediaType: "audio/wav", bytes: new Uint8Array(2000) };

function codeOf(work: () => unknown): string | undefined {
	try {
		work();
	} catch (error) {
		if (GatewayError.is(error)) return error.code;
		throw error;
	}
	return undefined;
}

describe("requests", () => {
	test("show every text with its place", () => {
		const texts = (facts: { readonly segments: readonly { text: string; path: unknown }[] }) =>
			facts.segments.map(({ text, path }) => [text, path]);
		expect(
			texts(operations.embeddings.read({ model: "m", input: ["a", [1, 2], "b"] }, [])),
		).toEqual([
			["a", ["input", 0]],
			["b", ["input", 2]],
		]);
		expect(
			texts(
				operations.rerank.read(
					{ model: "m", query: "q", documents: ["d", { title: "t", body: { text: "x" } }] },
					[],
				),
			),
		).toEqual([
			["q", ["query"]],
			["d", ["documents", 0]],
			["t", ["documents", 1, "title"]],
			["x", ["documents", 1, "body", "text"]],
		]);
		expect(
			texts(operations["audio.speech"].read({ model: "m", input: "i", instructions: "s" }, [])),
		).toEqual([
			["i", ["input"]],
			["s", ["instructions"]],
		]);
		expect(
			texts(operations["audio.transcriptions"].read({ model: "m", prompt: ["a", "b"] }, [file])),
		).toEqual([
			["a", ["prompt", 0]],
			["b", ["prompt", 1]],
		]);
	});

	test("show the texts of fields that nobody knows, and leave names alone", () => {
		const facts = operations["images.generations"].read(
			{ model: "m", prompt: "p", size: "1024x1024", user: "u", negative_prompt: "n" },
			[],
		);
		expect(facts.segments.map(({ text, source }) => [text, source])).toEqual([
			["p", "user"],
			["n", "metadata"],
		]);
	});

	test("say what they can use at most", () => {
		const tokens = operations.embeddings.read({ model: "m", input: [[1, 2, 3], [4]] }, []);
		expect(tokens).toMatchObject({ units: { inputTokens: 4 }, outputTokensMax: 0 });
		const images = operations["images.generations"].read(
			{ model: "m", prompt: "p", n: 3, size: "1024x1024", quality: "hd" },
			[],
		);
		expect(images.units).toEqual({ images: 3, imageVariant: "hd/1024x1024" });
		const speech = operations["audio.speech"].read({ model: "m", input: "hello", speed: 0.5 }, []);
		expect(speech).toMatchObject({ units: { characters: 5 }, outputTokensMax: 30 });
		const documents = Array.from({ length: 101 }, () => "d");
		const ranked = operations.rerank.read({ model: "m", query: "q", documents }, []);
		expect(ranked.units).toEqual({ searches: 2 });
		const heard = operations["audio.translations"].read({ model: "m" }, [file]);
		expect(heard.units).toEqual({ audioMs: 1000, inputTokens: 10 });
	});

	test.each([
		["embeddings", { model: "m", input: [] }],
		["embeddings", { model: "m", input: [{ text: "x" }] }],
		["embeddings", { input: "x" }],
		["images.generations", { model: "m" }],
		["images.generations", { model: "m", prompt: "p", n: 0 }],
		["images.edits", { model: "m", prompt: "p" }],
		["audio.speech", { model: "m", input: ["x"] }],
		["audio.transcriptions", { model: "m" }],
		["rerank", { model: "m", query: "q", documents: [] }],
		["moderations", { input: [] }],
		["moderations", { input: [{ type: "audio" }] }],
	] as const)("of %s are refused when they are wrong: %j", (id, json) => {
		expect(codeOf(() => operations[id].read(json, []))).toBe("request.invalid");
	});

	test("cannot name a second model, or an image for the guards to look at", () => {
		const svg = { model: "m", prompt: "p", svg: { model: "dearer" } };
		expect(codeOf(() => operations["images.generations"].read(svg, []))).toBe(
			"request.unsupported",
		);
		const image = { input: [{ type: "image_url", image_url: { url: "https://x" } }] };
		expect(codeOf(() => operations.moderations.read(image, []))).toBe("request.unsupported");
	});
});

describe("answers", () => {
	const hide = (json: object) => {
		const data = JSON.stringify(json);
		const media = { contentType: "application/json", form: "whole" } as const;
		const text = readAnswerText(operations["audio.transcriptions"], { data, media });
		return text && edited(text, "sk-secret");
	};
	const edited = (text: NonNullable<ReturnType<typeof readAnswerText>>, secret: string): string =>
		text.write(
			text.runs.map(({ leaves, separator }) => {
				const whole = leaves.map((leaf) => leaf.text).join(separator);
				const start = whole.indexOf(secret);
				return start === -1 ? [] : [{ start, end: start + secret.length, replacement: "[hidden]" }];
			}),
		);

	test("are edited in the whole text, in segments that a match spans, and in words", () => {
		const answer = {
			text: "my sk-secret is",
			segments: [
				{ id: 0, text: "my sk-", tokens: [1, 2] },
				{ id: 1, text: "secret is", tokens: [3] },
			],
			words: [{ word: "my" }, { word: "sk-secret" }, { word: "is" }],
			logprobs: [{ token: "sk-" }],
			duration: 1.5,
		};
		expect(JSON.parse(hide(answer) ?? "")).toEqual({
			text: "my [hidden] is",
			segments: [
				{ id: 0, text: "my [hidden]" },
				{ id: 1, text: " is" },
			],
			words: [{ word: "my" }, { word: "[hidden]" }, { word: "is" }],
			duration: 1.5,
		});
	});

	test("are edited in subtitles, over the times between, and digits that are spoken count as text", () => {
		const vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\nmy 12\n\n2\n00:01.000 --> 00:02.000\n34\n";
		const media = { contentType: "text/vtt", form: "whole" } as const;
		const text = readAnswerText(operations["audio.translations"], { data: vtt, media });
		expect(text?.runs.map(({ leaves }) => leaves.map((leaf) => leaf.text))).toEqual([
			["my 12", "34"],
		]);
		expect(text && edited(text, "12\n34")).toBe(
			"WEBVTT\n\n00:00.000 --> 00:01.000\nmy [hidden]\n\n2\n00:01.000 --> 00:02.000\n\n",
		);
	});

	test("without an object are read as text", () => {
		const media = { contentType: "application/json", form: "whole" } as const;
		const text = readAnswerText(operations["audio.transcriptions"], { data: '"sk-secret"', media });
		expect(text && edited(text, "sk-secret")).toBe('"[hidden]"');
	});

	test("of images and rankings show the prompts and documents that they repeat", () => {
		const media = { contentType: "application/json", form: "whole" } as const;
		const runs = (operation: "images.edits" | "rerank", json: object) =>
			readAnswerText(operations[operation], { data: JSON.stringify(json), media })?.runs.flatMap(
				({ leaves }) => leaves.map(({ path }) => path.join(".")),
			);
		expect(runs("images.edits", { data: [{ b64_json: "x", revised_prompt: "y" }] })).toEqual([
			"data.0.revised_prompt",
		]);
		expect(
			runs("rerank", { results: [{ index: 0, document: { text: "x" } }, { document: "y" }] }),
		).toEqual(["results.0.document.text", "results.1.document"]);
		expect(runs("images.edits", { data: [{ b64_json: "x" }] })).toBeUndefined();
	});
});

describe("estimates", () => {
	test("count what was asked for, and searches only where they are sold", () => {
		const facts = operations.rerank.read({ model: "m", query: "q", documents: ["d"] }, []);
		const tokens = { inputMicroUsd: 1, outputMicroUsd: 0 };
		expect(estimatedUsage("rerank", facts, tokens)).toEqual({
			inputTokens: 2,
			outputTokens: 0,
			estimated: true,
		});
		expect(unitBounds(facts, tokens)).toEqual({});
		const searches = { ...tokens, searchesMicroUsd: 2_000_000 };
		expect(estimatedUsage("rerank", facts, searches)).toMatchObject({ searches: 1 });
		expect(unitBounds(facts, searches)).toEqual({ searchesMax: 1 });
	});

	test("of images count their tokens where those are what is paid", () => {
		const asked = { model: "m", prompt: "p", n: 2, quality: "low" };
		const facts = operations["images.generations"].read(asked, []);
		const tokens = { inputMicroUsd: 5_000_000, outputMicroUsd: 40_000_000 };
		expect(estimatedUsage("images.generations", facts, tokens)).toMatchObject({
			images: 2,
			outputTokens: 816,
			outputImageTokens: 816,
		});
		const pieces = { inputMicroUsd: 0, outputMicroUsd: 0, imageMicroUsd: 40_000 };
		expect(estimatedUsage("images.generations", facts, pieces)).toMatchObject({
			images: 2,
			outputTokens: 0,
		});
	});

	test("of sound count its length, its tokens, and half of what could have been said", () => {
		const facts = operations["audio.transcriptions"].read({ model: "m" }, [file]);
		expect(estimatedUsage("audio.transcriptions", facts, undefined)).toEqual({
			inputTokens: 10,
			inputAudioTokens: 10,
			outputTokens: 36,
			audioMs: 1000,
			estimated: true,
		});
	});
});
