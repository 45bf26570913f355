import { describe, expect, test } from "vitest";
import { announcing, contextWords } from "./context-words.ts";
import { createContextReader } from "./read-context.ts";

const words = contextWords(announcing.phone);

/** What the words around the `#…#` of a text are worth. */
function weigh(marked: string, from = 0): number {
	const start = marked.indexOf("#");
	const end = marked.indexOf("#", start + 1) - 1;
	const reader = createContextReader();
	reader.open(marked.replaceAll("#", ""));
	reader.lookAround(start, end);
	return reader.weigh(words, from);
}

describe("the words around a number", () => {
	test("count the more the nearer they are, and less behind it", () => {
		const [near, far, behind] = [
			weigh("phone #123#"),
			weigh("phone of the house next door #123#"),
			weigh("#123# phone"),
		];
		expect(near).toBeGreaterThan(far);
		expect(far).toBeGreaterThan(behind);
		expect(behind).toBe(0.65);
		expect(weigh(`phone${" ".repeat(60)}#123#`)).toBe(0);
	});

	test("are whole words, whatever their case, or begin with a long one", () => {
		expect(weigh("PHONE: #123#")).toBeGreaterThan(0.9);
		expect(weigh("phones: #123#")).toBe(0);
		expect(weigh("xphone: #123#")).toBe(0);
		expect(weigh("telephones: #123#")).toBeGreaterThan(0.9);
		expect(weigh("TÉLÉPHONE: #123#")).toBeGreaterThan(0.9);
	});

	test("stand anywhere in scripts that do not part words", () => {
		expect(weigh("我的电话是#123#")).toBeGreaterThan(0.9);
		expect(weigh("мой телефончик #123#")).toBeGreaterThan(0.8);
	});

	test("do not count before the end of another number", () => {
		expect(weigh("phone 99 #123#")).toBeGreaterThan(0.9);
		expect(weigh("phone 99 #123#", 8)).toBe(0);
	});

	test("are found anew in the next text, and in a long one wherever it is looked at", () => {
		const reader = createContextReader();
		reader.open("phone 123");
		expect(reader.lookAround(6, 9)).toBe(true);
		const text = `${"nothing here. ".repeat(300)}phone 123`;
		reader.open(text);
		expect(reader.lookAround(600, 603)).toBe(false);
		expect(reader.lookAround(text.length - 3, text.length)).toBe(true);
		expect(reader.weigh(contextWords(announcing.card), 0)).toBe(0);
	});

	test("are searched for only when some list has them", () => {
		expect(() => contextWords(["gibberish"])).toThrow("gibberish");
	});
});
