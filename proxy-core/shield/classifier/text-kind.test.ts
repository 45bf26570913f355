import { describe, expect, it } from "vitest";
import { createTextScanner } from "./scan-text.ts";
import { kindOf } from "./text-kind.ts";

const scan = createTextScanner();

describe("kindOf", () => {
	it.each([
		["english", "Please tell me how to sort the list by date."],
		["english", "Die Hard is the film that I like most."],
		["english", "const main = () => console.log(value);"],
		["latin", "Bagaimana cara memasak nasi goreng untuk empat orang?"],
		["latin", "Paano ba magluto ng adobo para sa apat?"],
		["latin", "Wie koche ich Reis für vier Personen?"],
		["latin", "Qual è il modo migliore per cucinare il riso?"],
		["latin", "Dört kişilik pilav nasıl yapılır?"],
		["latin", "Cho tôi hỏi cách nấu cơm"],
		["han", "请告诉我怎么做饭。"],
		["otherScripts", "Как приготовить рис на четверых?"],
		["otherScripts", "ご飯の炊き方を教えてください。"],
	])("takes for %s: %s", (kind, text) => {
		expect(kindOf(scan(text))).toBe(kind);
	});
});
