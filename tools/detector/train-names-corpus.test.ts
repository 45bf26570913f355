import { describe, expect, it } from "vitest";
import { writeContextTexts, writeForms, writeTemplateTexts } from "./train-names-corpus.ts";
import { createNameSource } from "./train-names-fillers.ts";

const lexicon = new URL("../../proxy-core/privacy/detect/lexicon/", import.meta.url);
const names = createNameSource(lexicon, 7);

describe("texts to learn names from", () => {
	const texts = [
		...writeTemplateTexts(names, 1),
		...writeContextTexts(names, 400),
		...writeForms(names, 60),
	];

	it("fill every slot", () => {
		expect(texts.filter(({ text }) => /\{[A-Za-z]\}|undefined/.test(text))).toEqual([]);
	});

	it("mark names where they stand, one after the other", () => {
		for (const { text, names: marked } of texts) {
			let end = 0;
			for (const name of marked) {
				expect(name.start).toBeGreaterThanOrEqual(end);
				expect(name.end).toBeGreaterThan(name.start);
				end = name.end;
			}
			expect(end).toBeLessThanOrEqual(text.length);
		}
	});

	it("have names of every kind and capitals that are none", () => {
		const labels = new Set(texts.flatMap(({ names: marked }) => marked.map(({ label }) => label)));
		expect([...labels].sort()).toEqual([0, 1, 2, 3]);
	});

	it("are the same for the same seed", () => {
		const write = () => writeForms(createNameSource(lexicon, 3), 5);
		expect(write()).toEqual(write());
	});
});
