/** Made-up texts of several kinds; no two with different seeds are the same, so that nothing is remembered. */
export const textKinds = ["prose", "code", "names", "non-Latin"] as const;
export type TextKind = (typeof textKinds)[number];

const lists = {
	words:
		"the a of to and in that is for with on as by from at this which or an are was were it its their report plan meeting budget customer reason question answer number system service request market letter garden river engine paper light evening careful small early late between without before after because while often perhaps already further".split(
			" ",
		),
	subjects: "Our team,The board,A colleague,The engineer,Everyone,The supplier,My manager".split(
		",",
	),
	firstNames: "Anna Peter Maria John Elena Thomas Laura David Sofia Martin Ingrid Pablo".split(" "),
	lastNames: "Miller Schneider Rossi Novak Jensen Garcia Brown Kowalski Dubois Larsen".split(" "),
	places: "Berlin,Paris,New York,Madrid,Oslo,Vienna,Lisbon,Prague,Dublin,Warsaw".split(","),
	identifiers: "user order total index result config client handler queue buffer cursor".split(" "),
	other:
		"мы обсудили план на следующую неделю и решили что отчёт будет готов позже|今天我们讨论了下周的计划，并决定稍后完成报告。|अगले सप्ताह की योजना पर चर्चा हुई और रिपोर्ट बाद में आएगी।|ناقشنا خطة الأسبوع القادم وقررنا إكمال التقرير لاحقا".split(
			"|",
		),
} as const;

type Pick = (list: readonly string[]) => string;

/** A text of exactly `characters` UTF-16 code units. */
export function textOf(kind: TextKind, characters: number, seed: number): string {
	let state = seed + 1;
	const draw = (below: number): number => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		return (state >>> 8) % below;
	};
	const pick: Pick = (list) => list[draw(list.length)] ?? "";
	let text = "";
	while (text.length < characters) text += sentenceOf(kind, pick, draw);
	// Through JSON, as a body's text comes: one flat string.
	return JSON.parse(JSON.stringify(text.slice(0, characters).toWellFormed()));
}

function sentenceOf(kind: TextKind, pick: Pick, draw: (below: number) => number): string {
	switch (kind) {
		case "prose": {
			const words = Array.from({ length: 6 + draw(14) }, () => pick(lists.words));
			const number = draw(5) === 0 ? ` ${draw(5000)}` : "";
			return `${pick(lists.subjects)} ${words.join(" ")}${number}. `;
		}
		case "code": {
			const [a, b] = [pick(lists.identifiers), pick(lists.identifiers)];
			return `export function ${a}${draw(999)}(${b}: number) {\n\tconst value = ${b}.map((item) => item["${a}"] ?? ${draw(99)});\n\treturn value;\n}\n`;
		}
		case "names":
			return `${pick(lists.firstNames)} ${pick(lists.lastNames)} (${pick(lists.firstNames).toLowerCase()}.${draw(9999)}@mail.example) of ${pick(lists.places)}, +49 30 ${draw(9_000_000) + 1_000_000}; `;
		case "non-Latin":
			return `${pick(lists.other)} ${draw(100)} `;
	}
}

/** Bodies that are dear in one way or another. */
export const heldKinds = [...textKinds, "digits", "base64", "one word"] as const;

/** Different for each `seed`. */
export function heldText(
	kind: (typeof heldKinds)[number],
	characters: number,
	seed: number,
): string {
	switch (kind) {
		case "digits":
			return `${seed} ${"4012 8888 1234 5678, 030 1234567 ".repeat(characters / 32)}`.slice(
				0,
				characters,
			);
		case "base64":
			return Buffer.from(textOf("prose", characters, seed))
				.toString("base64")
				.slice(0, characters);
		case "one word":
			return String.fromCharCode(97 + seed) + "a".repeat(characters - 1);
		default:
			return textOf(kind, characters, seed);
	}
}
