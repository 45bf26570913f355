import { describe, expect, it } from "vitest";
import { excerptAround } from "./excerpt-around.ts";

describe("excerptAround", () => {
	const text = Array.from({ length: 100 }, (_, index) => String(index % 10)).join("");

	it("leaves a short text whole", () => {
		expect(excerptAround(text, { start: 90, end: 95 }, 100)).toEqual({ text, start: 0 });
	});

	it.each([
		[0, 5, 0],
		[50, 60, 45],
		[98, 100, 80],
		[10, 100, 10],
	])("of a long one takes what is around %i to %i", (start, end, from) => {
		const excerpt = excerptAround(text, { start, end }, 20);
		expect(excerpt).toEqual({ text: text.slice(from, from + 20), start: from });
	});
});
