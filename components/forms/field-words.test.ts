import { describe, expect, it } from "vitest";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import { defaultWords, optionWords } from "./field-words.ts";

function wordsOf(property: Readonly<Record<string, unknown>>): string | undefined {
	const [field] = schemaFields({ type: "object", properties: { one: property } });
	return field === undefined ? undefined : defaultWords(field);
}

describe("optionWords", () => {
	it.each([
		["warn", "Warn"],
		["keep-first", "Keep first"],
		["us-east-1", "us-east-1"],
		["gpt-4o", "gpt-4o"],
		["TLSv1.3", "TLSv1.3"],
	])("shows %s as %s", (option, words) => {
		expect(optionWords(option)).toBe(words);
	});
});

describe("defaultWords", () => {
	it("says bytes and milliseconds in units that people read", () => {
		expect(wordsOf({ type: "integer", unit: "bytes", default: 20_971_520 })).toBe(
			"20,971,520 bytes (20 MiB)",
		);
		expect(wordsOf({ type: "integer", unit: "ms", default: 120_000 })).toBe("120,000 ms (2 min)");
	});

	it("adds nothing where the unit is readable already", () => {
		expect(wordsOf({ type: "integer", unit: "ms", default: 200 })).toBe("200 ms");
		expect(wordsOf({ type: "integer", unit: "requests/min", default: 600 })).toBe(
			"600 requests/min",
		);
	});

	it("shows options in the words of their list", () => {
		expect(wordsOf({ type: "string", enum: ["warn", "refuse"], default: "warn" })).toBe("Warn");
	});

	it("says nothing without a default", () => {
		expect(wordsOf({ type: "string" })).toBeUndefined();
	});
});
