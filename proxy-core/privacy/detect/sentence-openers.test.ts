import { describe, expect, it } from "vitest";
import { personalDataTypes } from "../../contract/personal-data.ts";
import { createPersonalDataFinder } from "./find-personal-data.ts";

const { find } = createPersonalDataFinder({
	types: new Set(personalDataTypes.map(({ id }) => id)),
});

/** What people ask for: the capital letter is the sentence's, not a name's. */
const questions = [
	"Hvordan sier jeg dette på engelsk?",
	"Forklar alle punktene i listen under.",
	"Oppsummer teksten i noen punkter.",
	"Hvad er forskellen på en proces og en tråd?",
	"Schreibe eine kurze Einladung zum Sommerfest.",
	"Könntest du das kürzer sagen?",
	"Waarom staat dit in de lijst?",
	"Explique la différence en deux phrases.",
	"Scrivi un breve riassunto del testo.",
	"Escreve um resumo curto do texto.",
	"Napisz krótkie podsumowanie tekstu.",
	"Kirjoita lyhyt tiivistelmä tekstistä.",
	"Напиши краткое изложение текста.",
];

describe("the first word of a sentence", () => {
	for (const question of questions) {
		it(`is nobody's name in "${question}"`, () => {
			expect(find(question)).toEqual([]);
		});
	}

	it("is a name all the same when it is one", () => {
		const [found] = find("Kari Nordmann skrev dette i går.");
		expect(found).toMatchObject({ type: "PERSON", start: 0, end: 13 });
	});
});
