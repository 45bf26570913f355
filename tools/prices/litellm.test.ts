import { describe, expect, it } from "vitest";
import { readLiteLlm } from "./litellm.ts";

const read = (name: string, row: object) => readLiteLlm({ [name]: row })[0];
const chat = { mode: "chat", litellm_provider: "openai" };

describe("readLiteLlm", () => {
	it("turns dollars per token into dollars per million, tiers and caches included", () => {
		const entry = read("claude-x", {
			mode: "chat",
			litellm_provider: "anthropic",
			input_cost_per_token: 0.000003,
			output_cost_per_token: 0.000015,
			cache_read_input_token_cost: 3e-7,
			cache_creation_input_token_cost: 0.00000375,
			cache_creation_input_token_cost_above_1hr: 0.000006,
			input_cost_per_token_above_200k_tokens: 0.000006,
			output_cost_per_token_above_200k_tokens: 0.0000225,
			search_context_cost_per_query: { search_context_size_low: 0.01 },
		});
		expect(entry).toMatchObject({
			kind: "anthropic",
			model: "claude-x",
			price: {
				input: 3,
				output: 15,
				cachedInput: 0.3,
				cacheWrite: 3.75,
				longCacheWrite: 6,
				searches: 10,
				above: { inputTokens: 200_000, input: 6, output: 22.5 },
			},
		});
	});

	it("does not take a zero for a price", () => {
		expect(read("a", { ...chat, input_cost_per_token: 0, output_cost_per_token: 0 })?.price).toBe(
			undefined,
		);
		expect(
			read("a", { ...chat, input_cost_per_token: 1e-6, output_cost_per_token: 0 })?.price,
		).toBeUndefined();
		const moderation = { ...chat, mode: "moderation", input_cost_per_token: 0 };
		expect(read("omni", moderation)?.price).toEqual({ input: 0, output: 0 });
	});

	it("keeps the pieces by which pictures, sound and searches are sold", () => {
		const sound = { mode: "audio_transcription", litellm_provider: "openai" };
		expect(
			read("whisper", { ...sound, input_cost_per_second: 0.0001, output_cost_per_second: 0.0001 })
				?.price,
		).toEqual({ input: 0, output: 0, audioMinute: 0.006 });
		const speech = { mode: "audio_speech", litellm_provider: "openai" };
		expect(read("tts", { ...speech, input_cost_per_character: 0.000015 })?.price).toMatchObject({
			characters: 15,
		});
		const rerank = { mode: "rerank", litellm_provider: "cohere", input_cost_per_query: 0.002 };
		expect(read("rerank", rerank)?.price).toMatchObject({ searches: 2 });
	});

	it("gathers sizes and qualities under the model, the dearest first in line", () => {
		const image = { mode: "image_generation", litellm_provider: "azure" };
		const [entry] = readLiteLlm({
			"azure/hd/1024-x-1024/dall-e-3": { ...image, input_cost_per_pixel: 7.629e-8 },
			"azure/standard/1024-x-1024/dall-e-3": { ...image, output_cost_per_image: 0.04 },
		});
		expect(entry).toMatchObject({
			kind: "azure",
			model: "dall-e-3",
			price: { image: 0.079996, images: { "hd/1024x1024": 0.079996, "standard/1024x1024": 0.04 } },
		});
	});

	it("counts what an image model writes as drawn", () => {
		const row = { mode: "image_generation", litellm_provider: "openai" };
		const price = read("gpt-image", { ...row, output_cost_per_image_token: 0.00004 })?.price;
		expect(price).toMatchObject({ output: 40, outputImage: 40 });
	});

	it("takes models under the names that requests carry", () => {
		const row = (litellm_provider: string) => ({ ...chat, litellm_provider });
		expect(read("gemini/g", row("gemini"))).toMatchObject({ kind: "gemini", model: "g" });
		expect(read("fireworks_ai/accounts/x/models/y", row("fireworks_ai"))?.model).toBe(
			"accounts/x/models/y",
		);
		expect(read("us.anthropic.claude-x", row("bedrock_converse"))?.kind).toBe("bedrock");
		expect(read("vertex_ai/claude-x@20250101", row("vertex_ai-anthropic_models"))).toMatchObject({
			kind: "vertex",
			model: "claude-x@20250101",
		});
		for (const [name, provider] of [
			["azure/eu/gpt-4o", "azure"],
			["bedrock/us-east-1/1-month-commitment/x", "bedrock"],
			["together-ai-up-to-4b", "together_ai"],
			["something", "a provider we do not have"],
		] as const) {
			expect(read(name, row(provider)), name).toBeUndefined();
		}
	});

	it("says what a model can do and when it goes", () => {
		const traits = read("m", {
			...chat,
			max_input_tokens: 1000,
			max_output_tokens: 100,
			supports_function_calling: true,
			supports_vision: true,
			supports_reasoning: false,
			supported_modalities: ["text", "image", "smell"],
			deprecation_date: "2027-01-02",
		})?.traits;
		expect(traits).toEqual({
			purpose: "chat",
			context: 1000,
			output: 100,
			inputs: ["text", "image"],
			capabilities: ["tools", "vision"],
			retires: "2027-01-02",
		});
	});
});
