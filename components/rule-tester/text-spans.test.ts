import { describe, expect, it } from "vitest";
import { cutText } from "./text-spans.ts";

const shape = (text: string, spans: readonly (readonly [string, number, number])[]) =>
	cutText(
		text,
		spans.map(([id, start, end]) => ({ id, start, end })),
	).map((piece) => [piece.text, piece.spans.map(({ id }) => id).join("")]);

describe("cutText", () => {
	it("leaves a text alone in which nothing was found", () => {
		expect(shape("quiet", [])).toEqual([["quiet", ""]]);
	});

	it("cuts nested spans into their parts, the outer one first", () => {
		expect(
			shape("abcdef", [
				["i", 2, 4],
				["o", 1, 5],
			]),
		).toEqual([
			["a", ""],
			["b", "o"],
			["cd", "oi"],
			["e", "o"],
			["f", ""],
		]);
	});

	it("cuts overlapping spans so that the shared part belongs to both", () => {
		expect(
			shape("abcdef", [
				["x", 0, 4],
				["y", 2, 6],
			]),
		).toEqual([
			["ab", "x"],
			["cd", "xy"],
			["ef", "y"],
		]);
	});

	it("tells where each span begins, those without length too", () => {
		const pieces = cutText("abc", [
			{ id: "mark", start: 1, end: 1 },
			{ id: "end", start: 3, end: 3 },
		]);
		expect(pieces.map(({ text, begins }) => [text, begins.map(({ id }) => id)])).toEqual([
			["a", []],
			["bc", ["mark"]],
			["", ["end"]],
		]);
	});

	it("keeps spans inside the text", () => {
		expect(shape("abc", [["far", 1, 99]])).toEqual([
			["a", ""],
			["bc", "far"],
		]);
		expect(shape("", [["none", 0, 5]])).toEqual([["", ""]]);
	});

	it("hides the middle of long stretches without a finding, and loses no character", () => {
		const text = `${"a".repeat(3000)}!${"b".repeat(10)}`;
		const [long, ...others] = cutText(text, [{ id: "f", start: 3000, end: 3001 }]);
		expect(long).toMatchObject({ hidden: 2200 });
		expect((long?.text.length ?? 0) + (long?.rest.length ?? 0) + 2200).toBe(3000);
		expect(others.map((piece) => piece.text)).toEqual(["!", "b".repeat(10)]);
	});
});
