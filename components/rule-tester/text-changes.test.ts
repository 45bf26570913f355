import { describe, expect, it } from "vitest";
import { changesBetween, goneSpans } from "./text-changes.ts";

const told = (before: string, after: string) =>
	changesBetween(before, after).map(({ kind, text }) =>
		kind === "same" ? text : `${kind === "gone" ? "-" : "+"}[${text}]`,
	);

describe("changesBetween", () => {
	it("says nothing of texts that are equal", () => {
		expect(changesBetween("as it was", "as it was")).toEqual([{ kind: "same", text: "as it was" }]);
		expect(changesBetween("", "")).toEqual([]);
	});

	it("names the words that were replaced, several of them apart", () => {
		expect(told("Ask Ada or Bob today", "Ask <PERSON_1> or <PERSON_2> today")).toEqual([
			"Ask ",
			"-[Ada]",
			"+[<PERSON_1>]",
			" or ",
			"-[Bob]",
			"+[<PERSON_2>]",
			" today",
		]);
	});

	it("names what was added and what was taken away", () => {
		expect(told("one three", "one two three")).toEqual(["one ", "+[two ]", "three"]);
		expect(told("gone", "")).toEqual(["-[gone]"]);
		expect(told("", "new")).toEqual(["+[new]"]);
	});

	it("leads from either text to the other, whatever they are", () => {
		const words = ["a", "b", "ab", " ", "😀", ".", "ä"];
		const textOf = (seed: number) =>
			Array.from({ length: (seed * 7) % 23 }, (_, at) => words[(seed * at + at * at) % 7]).join("");
		for (let seed = 1; seed < 200; seed++) {
			const [before, after] = [textOf(seed), textOf(seed * 3 + 1)];
			const changes = changesBetween(before, after);
			const side = (left: "gone" | "new") =>
				changes.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join("");
			expect(side("new")).toBe(before);
			expect(side("gone")).toBe(after);
		}
	});

	it("gives up on texts that have little in common, without losing any of them", () => {
		const before = Array.from({ length: 2000 }, (_, at) => `a${at}`).join(" ");
		const after = Array.from({ length: 2000 }, (_, at) => `b${at}`).join(" ");
		expect(changesBetween(before, after).map(({ kind }) => kind)).toEqual(["gone", "new"]);
	});
});

describe("goneSpans", () => {
	it("gives the places in the first text", () => {
		expect(goneSpans(changesBetween("Ask Ada today", "Ask <PERSON_1> today"))).toEqual([
			{ start: 4, end: 7 },
		]);
	});
});
