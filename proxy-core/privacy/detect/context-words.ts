import { identifierRules } from "./ids/identifier-rules.ts";

/** Words that announce what stands behind them, in lower case and of two characters at least. */
export const announcing = {
	phone: [
		"phone",
		"tel",
		"telephone",
		"telefon",
		"telefono",
		"teléfono",
		"téléphone",
		"telefone",
		"telefoon",
		"mobile",
		"cell",
		"cellphone",
		"handy",
		"móvil",
		"cep",
		"gsm",
		"fax",
		"call",
		"dial",
		"whatsapp",
		"sms",
		"text me",
		"callback",
		"hotline",
		"contact",
		"contact number",
		"reach",
		"toll-free",
		"tollfree",
		"tele",
		"line",
		"support line",
		"office",
		"helpline",
		"number is",
		"ring",
		"landline",
		"telephone number",
		"puhelin",
		"tlf",
		"mob",
		"hp",
		"telefonnummer",
		"rufnummer",
		"numero",
		"número",
		"phone number",
		"telephonenum",
		"전화",
		"연락처",
		"휴대",
		"电话",
		"手机",
		"電話",
		"携帯",
		"телефон",
		"тел",
	],
	birth: ["born", "birth", "dob", "d.o.b", "geboren", "né", "née", "nacido", "nato", "생년월일"],
	card: [
		"card",
		"credit card",
		"debit",
		"visa",
		"maestro",
		"mastercard",
		"karte",
		"kreditkarte",
		"carte",
		"tarjeta",
		"carta",
		"cartão",
		"카드",
	],
	swift: ["swift", "bic", "스위프트"],
	record: [
		"mrn",
		"medical record",
		"patient id",
		"patient number",
		"medical id",
		"health record",
		"chart number",
	],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Every word that some recogniser asks for, so that a text is searched once for all of them. */
export const allContextWords: readonly string[] = [
	...new Set(
		[...Object.values(announcing), ...identifierRules.map(({ context }) => context)].flat(),
	),
];
const numbers = new Map(allContextWords.map((word, number) => [word, number]));

/** A list of words: 1 at the numbers of those that are in it. */
export type ContextWords = Uint8Array;

/** Throws for a word that is in no list of `announcing` and of no rule. */
export function contextWords(list: readonly string[]): ContextWords {
	const members = new Uint8Array(allContextWords.length);
	for (const word of list) {
		const number = numbers.get(word);
		if (number === undefined) throw new Error(`Texts are not searched for the word "${word}".`);
		members[number] = 1;
	}
	return members;
}
