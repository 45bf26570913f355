import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createValueSearch } from "./search-values.ts";

const isLetter = (character: string | undefined): boolean => /[\p{L}\p{N}]/u.test(character ?? "");

/** Letter by letter, as it is meant. */
function wholeWords(text: string, value: string): { start: number; end: number }[] {
	const spans: { start: number; end: number }[] = [];
	for (let at = 0; at + value.length <= text.length; at += 1) {
		const end = at + value.length;
		const isCut =
			(isLetter(text[at - 1]) && isLetter(text[at])) ||
			(isLetter(text[end - 1]) && isLetter(text[end]));
		if (text.slice(at, end) === value && !isCut && at >= (spans.at(-1)?.end ?? 0)) {
			spans.push({ start: at, end });
		}
	}
	return spans;
}

const letters = fc.constantFrom("a", "A", "b", " ", ".", "é", "4", "名");
const value = fc.string({ unit: letters, minLength: 4, maxLength: 7 });

describe("the search for values", () => {
	test("finds each as often as it stands there as a word, few or many at a time", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(value, { minLength: 1, maxLength: 12 }),
				fc.array(fc.oneof(value, letters), { maxLength: 30 }),
				fc.nat({ max: 11 }),
				(values, parts, inserted) => {
					const own = values[inserted % values.length] ?? "";
					const text = [...parts, own, " ", own, "-", ...parts].join("");
					const expected = values
						.map((each) => ({ value: each, spans: wholeWords(text, each) }))
						.filter(({ spans }) => spans.length > 0);
					expect(createValueSearch(values)(text)).toEqual(expected);
				},
			),
		);
	});

	test("starts anew with each text", () => {
		const search = createValueSearch(["Ann Lee", "Ann Leeds", "Bob Ray", "Ann Lew", "Ann Les"]);
		expect(search("Ann Lee")).toHaveLength(1);
		expect(search("Bob Ray and Ann Lee")).toEqual([
			{ value: "Ann Lee", spans: [{ start: 12, end: 19 }] },
			{ value: "Bob Ray", spans: [{ start: 0, end: 7 }] },
		]);
		expect(search("Nobody")).toEqual([]);
	});
});
