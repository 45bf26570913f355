import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Parsed } from "../pipeline/context.ts";
import { estimateTokens } from "../text/estimate-tokens.ts";
import { sizeOf } from "./request-size.ts";

function requestOf(content: unknown, texts: readonly string[]): Parsed["request"] {
	const json = { model: "m", messages: [{ role: "user", content }] };
	const segments = texts.map((text, index) => ({
		source: "user" as const,
		path: ["messages", index, "content"],
		text,
	}));
	return {
		model: "m",
		isStreaming: false,
		wantsUsage: false,
		outputTokensMax: undefined,
		choices: 1,
		segments,
		text: JSON.stringify(json),
		json,
		files: [],
	};
}

const plain = (text: string) => sizeOf(requestOf(text, [text])).inputTokensMax;

describe("sizeOf", () => {
	it("is never less than the estimate of the texts", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", size: "medium" }), (text) => {
				expect(plain(text)).toBeGreaterThanOrEqual(estimateTokens(text));
			}),
		);
	});

	it("judges a long text by samples, the densest of which counts", () => {
		const prose = "The quick brown fox jumps over the lazy dog. ".repeat(2000);
		expect(plain(prose)).toBeGreaterThanOrEqual(estimateTokens(prose));
		expect(plain(prose)).toBeLessThan(estimateTokens(prose) * 1.5);
		const mixed = `${prose}${"漢字仮名".repeat(3000)}`;
		expect(plain(mixed)).toBeGreaterThanOrEqual(estimateTokens(mixed));
	});

	it("counts a picture as a picture and not as the text that carries it", () => {
		const image = {
			type: "image_url",
			image_url: { url: `data:image/png;base64,${"A".repeat(400_000)}` },
		};
		const { inputTokensMax, inputImagesPossible } = sizeOf(requestOf([image], []));
		expect(inputTokensMax).toBeGreaterThan(1600);
		expect(inputTokensMax).toBeLessThan(20_000);
		expect(inputImagesPossible).toBe(true);
	});

	it("reserves dear kinds of input only for requests that may have them", () => {
		const size = sizeOf(requestOf("Hello", ["Hello"]));
		expect(size).toMatchObject({
			cacheWritePossible: false,
			longCacheWritePossible: false,
			inputAudioPossible: false,
			inputImagesPossible: false,
			outputAudioPossible: false,
		});
		const cached = [
			{ type: "text", text: "Hello", cache_control: { type: "ephemeral", ttl: "1h" } },
		];
		expect(sizeOf(requestOf(cached, ["Hello"]))).toMatchObject({
			cacheWritePossible: true,
			longCacheWritePossible: true,
		});
	});
});
