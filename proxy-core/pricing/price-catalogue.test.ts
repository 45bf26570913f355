import { describe, expect, it } from "vitest";
import { providers } from "../providers/registry.ts";
import { createPriceCatalogue, readShippedPrices } from "./price-catalogue.ts";
import type { PriceFacts } from "./price-data.ts";
import { kindCatalogueSchema } from "./price-data.ts";

const data = readShippedPrices();
const catalogue = createPriceCatalogue(data);
const priceOf = (kind: string, model: string) => catalogue.find(kind, model)?.price;

describe("createPriceCatalogue", () => {
	it("turns dollars per million into whole micro-dollars", () => {
		expect(priceOf("openai", "gpt-4o-mini")).toMatchObject({
			inputMicroUsd: 150_000,
			outputMicroUsd: 600_000,
			cachedInputMicroUsd: 75_000,
		});
	});

	it("knows the units in which pictures, sound, text and searches are sold", () => {
		expect(priceOf("openai", "whisper-1")).toMatchObject({ audioMinuteMicroUsd: 6000 });
		expect(priceOf("openai", "tts-1")).toMatchObject({ charactersMicroUsd: 15_000_000 });
		expect(priceOf("cohere", "rerank-v3.5")).toMatchObject({ searchesMicroUsd: 2_000_000 });
		expect(priceOf("openai", "gpt-image-1")).toMatchObject({
			outputImageMicroUsd: 40_000_000,
			imageVariants: { "low/1024x1024": 11_000, "high/1024x1024": 167_000 },
		});
		expect(priceOf("anthropic", "claude-sonnet-4-5")).toMatchObject({
			cacheWriteMicroUsd: 3_750_000,
			longCacheWriteMicroUsd: 6_000_000,
		});
	});

	it("knows what models can do and when they retire", () => {
		expect(catalogue.find("openai", "gpt-4o")?.traits).toMatchObject({
			purpose: "chat",
			contextTokens: 128_000,
			outputTokensMax: 16_384,
			capabilities: expect.arrayContaining(["tools", "vision", "json-schema"]),
		});
		const gone = catalogue.find("openai", "gpt-4o-2024-08-06")?.traits?.retiresOn;
		expect(gone).toMatch(/^20\d\d-\d\d-\d\d$/);
		expect(catalogue.find("openai", "text-embedding-3-small")?.traits?.purpose).toBe("embedding");
		expect(catalogue.find("openai", "whisper-1")?.traits?.purpose).toBe("transcription");
	});

	it("prices a dated snapshot like its model unless the snapshot is listed", () => {
		expect(priceOf("openai", "gpt-4o-2024-05-13")?.inputMicroUsd).toBe(5_000_000);
		expect(priceOf("openai", "gpt-4o-2099-01-01")).toEqual(priceOf("openai", "gpt-4o"));
		expect(priceOf("anthropic", "claude-3-5-haiku-20241022")?.inputMicroUsd).toBe(800_000);
	});

	it("finds models under the names that their hosts give them", () => {
		const tuned = priceOf("openai", "ft:gpt-4o-2024-08-06:acme::b1");
		expect(tuned?.inputMicroUsd).toBe(3_750_000);
		expect(priceOf("openrouter", "openai/gpt-4o")?.inputMicroUsd).toBe(2_500_000);
		expect(priceOf("vertex", "publishers/google/models/gemini-2.5-pro")).toEqual(
			priceOf("vertex", "google/gemini-2.5-pro"),
		);
		expect(priceOf("gemini", "models/gemini-2.5-pro")).toBeDefined();
		expect(priceOf("fireworks", "deepseek-v3p2")).toEqual(
			priceOf("fireworks", "accounts/fireworks/models/deepseek-v3p2"),
		);
		const profile = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
		expect(priceOf("bedrock", profile)?.inputMicroUsd).toBe(3_300_000);
		const arn = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${profile}`;
		expect(priceOf("bedrock", arn)).toEqual(priceOf("bedrock", profile));
		expect(priceOf("bedrock", "sa.amazon.nova-lite-v1:0")).toEqual(
			priceOf("bedrock", "amazon.nova-lite-v1:0"),
		);
		expect(priceOf("bedrock", "amazon.nova-lite-v1:0")).toBeDefined();
	});

	it("knows no price for what is not listed", () => {
		expect(catalogue.find("openai", "gpt-4o-nonsense")).toBeUndefined();
		expect(catalogue.find("openai-compatible", "gpt-4o")).toBeUndefined();
		expect(catalogue.find("openai", "constructor")).toBeUndefined();
		expect(catalogue.find("openai", "__proto__")).toBeUndefined();
		expect(catalogue.find("toString", "x")).toBeUndefined();
		expect(
			catalogue.find("bedrock", "arn:aws:bedrock:eu-west-1:1:application-inference-profile/x"),
		).toBeUndefined();
	});

	it("knows that models on one's own hardware cost nothing, and those of a cloud do not", () => {
		for (const kind of ["ollama", "vllm", "lmstudio", "llamacpp"]) {
			expect(priceOf(kind, "anything:7b")).toMatchObject({ inputMicroUsd: 0, imageMicroUsd: 0 });
		}
		expect(catalogue.find("ollama", "gpt-oss:120b-cloud")).toBeUndefined();
		expect(catalogue.find("ollama", "kimi-k2:cloud")).toBeUndefined();
	});

	it("lists what is known of each model, and no patterns", () => {
		const all = catalogue.list();
		expect(all.length).toBeGreaterThan(3000);
		expect(all.some(({ model }) => model.includes("*"))).toBe(false);
		expect(all).toContainEqual({
			kind: "openai",
			model: "gpt-4o",
			...catalogue.find("openai", "gpt-4o"),
		});
		expect(catalogue.sourcesOf("openai")[0]).toMatch(/^https:/);
	});
});

describe("the shipped catalogue", () => {
	const prices = data.flatMap(({ kind, models }) =>
		Object.entries(models).flatMap(([model, { price }]): [string, PriceFacts][] =>
			price === undefined ? [] : [[`${kind}/${model}`, price]],
		),
	);

	it("has the form that its readers trust", () => {
		for (const one of data) expect(() => kindCatalogueSchema.parse(one)).not.toThrow();
		expect(new Set(data.map(({ version }) => version)).size).toBe(1);
	});

	it("covers every kind of provider that bills for models", () => {
		const known = data.map(({ kind }) => kind);
		const unknowable = ["openai-compatible"];
		for (const { id } of providers) {
			if (!unknowable.includes(id)) expect(known).toContain(id);
		}
	});

	it("is never free by accident", () => {
		const own = /^(ollama|vllm|lmstudio|llamacpp)\/|:free$|moderation/;
		for (const [model, { above, images, ...rates }] of prices) {
			if (own.test(model)) continue;
			expect(
				Object.values(rates).some((rate = 0) => rate > 0),
				model,
			).toBe(true);
		}
	});

	it("never has a cache read dearer than input, nor a long prompt cheaper than a short one", () => {
		for (const [model, { input, cachedInput = 0, above }] of prices) {
			expect(cachedInput, model).toBeLessThanOrEqual(input);
			if (above !== undefined) expect(above.input, model).toBeGreaterThanOrEqual(input);
		}
	});

	it("names the dearest image where images differ", () => {
		for (const [model, { image = 0, images = {} }] of prices) {
			for (const each of Object.values(images)) expect(each, model).toBeLessThanOrEqual(image);
		}
	});
});
