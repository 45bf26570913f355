import { describe, expect, test } from "vitest";
import { draftOf, readDraft } from "./price-draft.ts";

const price = {
	inputMicroUsd: 2_500_000,
	outputMicroUsd: 75_000,
	requestMicroUsd: 5000,
	imageMicroUsd: 40_000,
	imageVariants: { "hd/1024x1024": 80_000 },
	longContext: {
		aboveInputTokens: 200_000,
		rates: {
			inputMicroUsd: 5_000_000,
			outputMicroUsd: 150_000,
			requestMicroUsd: 5000,
			imageMicroUsd: 40_000,
		},
	},
};

describe("a price that is edited", () => {
	test("comes back as it was when nothing is changed", () => {
		expect(readDraft(draftOf(price, "chat"))).toEqual({ price });
	});

	test("begins with the rates that such a model usually has", () => {
		expect(Object.keys(draftOf(null, "transcription").rates)).toContain("audioMinuteMicroUsd");
		expect(Object.keys(draftOf(null, undefined).rates)).toContain("cachedInputMicroUsd");
	});

	test("needs input and output, and no other rate", () => {
		const { errors } = readDraft(draftOf(null, "chat"));
		expect(Object.keys(errors ?? {})).toEqual(["rates.inputMicroUsd", "rates.outputMicroUsd"]);
		const typed = {
			rates: { inputMicroUsd: "0", outputMicroUsd: " 1.5 ", cachedInputMicroUsd: "" },
		};
		expect(readDraft({ ...typed, variants: {}, long: undefined })).toEqual({
			price: { inputMicroUsd: 0, outputMicroUsd: 1_500_000 },
		});
	});

	test("refuses what is no amount of dollars", () => {
		for (const text of ["-1", "1,5", "1e3", "abc", "0.0000001", "9999999"]) {
			const rates = { inputMicroUsd: text, outputMicroUsd: "1" };
			const { errors } = readDraft({ rates, variants: {}, long: undefined });
			expect(Object.keys(errors ?? {})).toEqual(["rates.inputMicroUsd"]);
		}
	});

	test("refuses a tier for long prompts without a limit or rates", () => {
		const rates = { inputMicroUsd: "1", outputMicroUsd: "1" };
		const { errors } = readDraft({ rates, variants: {}, long: { above: "", rates: {} } });
		expect(Object.keys(errors ?? {})).toEqual([
			"long.above",
			"long.rates.inputMicroUsd",
			"long.rates.outputMicroUsd",
		]);
	});
});
