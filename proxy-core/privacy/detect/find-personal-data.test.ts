import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PersonalDataType } from "../../contract/personal-data.ts";
import { personalDataTypes } from "../../contract/personal-data.ts";
import { createPersonalDataFinder } from "./find-personal-data.ts";
import { createTokens, readTokens } from "./read-tokens.ts";

const allTypes = new Set(personalDataTypes.map(({ id }) => id));
const finder = createPersonalDataFinder({ types: allTypes });

function typesIn(text: string): PersonalDataType[] {
	return finder.find(text).map(({ type }) => type);
}

function valuesOf(text: string, type: PersonalDataType): string[] {
	return finder
		.find(text)
		.filter((datum) => datum.type === type)
		.map(({ start, end }) => text.slice(start, end));
}

/** Type, a text with one such datum, the datum, and texts that only look like it. */
const cases: readonly (readonly [PersonalDataType, string, string, readonly string[]])[] = [
	[
		"EMAIL_ADDRESS",
		"Write to erika.musterfrau+news@post.example.org, please.",
		"erika.musterfrau+news@post.example.org",
		["a @ b", "@decorator", "user@localhost", "x@y.1"],
	],
	[
		"PHONE_NUMBER",
		"Ring me on +49 30 901820.",
		"+49 30 901820",
		["Version 10.20.30.40", "in 2019-2020", "Order 5557654321 shipped"],
	],
	["PHONE_NUMBER", "My office: (212) 555-0143", "(212) 555-0143", ["(212) 5-0143"]],
	["PHONE_NUMBER", "Call 5557654321 now", "5557654321", ["48.20817, -16.37382"]],
	[
		"CREDIT_CARD",
		"Card 4012 8888 8888 1881 was charged",
		"4012 8888 8888 1881",
		["Card 4012 8888 8888 1882", "IMEI 490154203237518", "1012888888881881"],
	],
	["CREDIT_CARD", "378282246310005", "378282246310005", ["378282246310006"]],
	[
		"IBAN_CODE",
		"IBAN: DE89 3704 0044 0532 0130 00",
		"DE89 3704 0044 0532 0130 00",
		["DE88 3704 0044 0532 0130 00", "XX89 3704 0044 0532 0130 00"],
	],
	[
		"IBAN_CODE",
		"pay GB82WEST12345698765432 today",
		"GB82WEST12345698765432",
		["GB82WEST12345698765431"],
	],
	["SWIFT_CODE", "BIC: COBADEFFXXX", "COBADEFFXXX", ["DOCUMENT", "IMPORTANT: PASSWORD"]],
	[
		"CRYPTO",
		"send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
		"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
		["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"],
	],
	[
		"CRYPTO",
		"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
		"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
		["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"],
	],
	[
		"IP_ADDRESS",
		"from 203.0.113.77 at noon",
		"203.0.113.77",
		["Agent/12.3.44.5", "203.0.113.777", "v1.2.3.4", "127.0.0.1"],
	],
	[
		"IP_ADDRESS",
		"ipv6:2001:db8:85a3::8a2e:370:7334",
		"2001:db8:85a3::8a2e:370:7334",
		["12:34:56", "std::a1::b2"],
	],
	[
		"MAC_ADDRESS",
		"mac 00:1b:44:11:3a:b7",
		"00:1b:44:11:3a:b7",
		["00:1b:44:11:3a", "00:1b:44:11:3g:b7"],
	],
	[
		"URL",
		"see https://shop.example.com/a?b=c.",
		"https://shop.example.com/a?b=c",
		["://", "a.b(c)"],
	],
	["URL", "see www.example.org for more", "www.example.org", ["readme.md", "end.Start"]],
	[
		"US_SSN",
		"SSN 536-90-4399",
		"536-90-4399",
		["000-12-3456", "666-12-3456", "536-00-4399", "part 123456789"],
	],
	["US_ITIN", "ITIN 912-70-1234", "912-70-1234", ["912-69-1234"]],
	["US_PASSPORT", "passport C40217735", "C40217735", ["item C40217735 sold"]],
	["US_DRIVER_LICENSE", "driver's license number D4820175", "D4820175", ["model D4820175"]],
	["US_BANK_NUMBER", "bank account 945456787654", "945456787654", ["item 945456787654"]],
	["ABA_ROUTING_NUMBER", "routing number 026009593", "026009593", ["routing number 026009594"]],
	["US_NPI", "NPI 1234567893", "1234567893", []],
	["US_MBI", "1EG4-TE5-MK73", "1EG4-TE5-MK73", ["1SG4-TE5-MK73"]],
	["MEDICAL_LICENSE", "DEA BB1388568", "BB1388568", ["DEA BB1388569"]],
	["MEDICAL_RECORD", "medical record number 4410927", "4410927", ["page 4410927"]],
	["UK_NHS", "NHS number 943 476 5919", "943 476 5919", ["NHS number 943 476 5918"]],
	["UK_NINO", "NI number AB 12 34 56 C", "AB 12 34 56 C", ["NI number GB 12 34 56 C"]],
	["UK_POSTCODE", "postcode EC1A 1BB", "EC1A 1BB", ["postcode QA1 1AA"]],
	["CA_SIN", "SIN 720 318 450", "720 318 450", ["SIN 720 318 451"]],
	["AU_ABN", "ABN 51 824 753 556", "51 824 753 556", ["ABN 51 824 753 557"]],
	["AU_ACN", "ACN 000 000 019", "000 000 019", ["ACN 000 000 018"]],
	["AU_TFN", "tax file number 459 871 232", "459 871 232", ["tax file number 459 871 233"]],
	["AU_MEDICARE", "medicare 3591 04729 1", "3591 04729 1", ["medicare 3591 04720 1"]],
	["DE_TAX_ID", "Steuer-ID 86 095 742 719", "86 095 742 719", ["Steuer-ID 86 095 742 718"]],
	["DE_SOCIAL_SECURITY", "Rentenversicherung 15070649C103", "15070649C103", ["15070649C104"]],
	["DE_HEALTH_INSURANCE", "KVNR A123456780", "A123456780", ["KVNR A123456781"]],
	[
		"FR_NIR",
		"sécurité sociale 2 55 08 14 168 025 38",
		"2 55 08 14 168 025 38",
		["2 55 08 14 168 025 39"],
	],
	["ES_NIF", "DNI 12345678Z", "12345678Z", ["DNI 12345678A"]],
	["ES_NIE", "NIE X1234567L", "X1234567L", ["NIE X1234567M"]],
	["IT_FISCAL_CODE", "codice fiscale RSSMRA85T10A562S", "RSSMRA85T10A562S", ["RSSMRA85T10A562T"]],
	["IT_VAT_CODE", "partita IVA 07643520575", "07643520575", ["partita IVA 07643520576"]],
	["NL_BSN", "BSN 111222333", "111222333", ["BSN 111222334"]],
	[
		"BE_NATIONAL_NUMBER",
		"rijksregisternummer 85.07.30-033.28",
		"85.07.30-033.28",
		["rijksregisternummer 85.07.30-033.29"],
	],
	["CH_AHV", "AHV 756.9217.0769.85", "756.9217.0769.85", ["AHV 756.9217.0769.84"]],
	["PT_NIF", "contribuinte 123456789", "123456789", ["contribuinte 123456780"]],
	["SE_PERSONNUMMER", "personnummer 811228-9874", "811228-9874", ["personnummer 811228-9875"]],
	[
		"FI_PERSONAL_IDENTITY_CODE",
		"henkilötunnus 131052-308T",
		"131052-308T",
		["henkilötunnus 131052-308U"],
	],
	["PL_PESEL", "PESEL 44051401359", "44051401359", ["PESEL 44051401358"]],
	["CZ_BIRTH_NUMBER", "rodné číslo 710319/2745", "710319/2745", ["rodné číslo 710319/2746"]],
	["HR_OIB", "OIB 69435151530", "69435151530", ["OIB 69435151531"]],
	["TR_NATIONAL_ID", "kimlik 10000000146", "10000000146", ["kimlik 10000000145"]],
	["RU_SNILS", "СНИЛС 112-233-445 95", "112-233-445 95", ["СНИЛС 112-233-445 96"]],
	["IN_AADHAAR", "aadhaar 2341 2341 2346", "2341 2341 2346", ["aadhaar 2341 2341 2347"]],
	["IN_PAN", "PAN ABCPE1234F", "ABCPE1234F", ["PAN ABC1E1234F"]],
	["KR_RRN", "주민등록번호 900101-1234567", "900101-1234567", ["901301-1234567"]],
	[
		"CN_RESIDENT_ID",
		"身份证 11010519491231002X",
		"11010519491231002X",
		["身份证 110105194912310021"],
	],
	["SG_NRIC_FIN", "NRIC S1234567D", "S1234567D", ["NRIC S1234567E"]],
	[
		"TH_TNIN",
		"เลขบัตรประชาชน 1-1017-00230-70-8",
		"1-1017-00230-70-8",
		["เลขบัตรประชาชน 1-1017-00230-70-9"],
	],
	["ZA_ID_NUMBER", "id number 8001015009087", "8001015009087", ["id number 8001015009088"]],
	["BR_CPF", "CPF 529.982.247-25", "529.982.247-25", ["CPF 529.982.247-26"]],
	["BR_CNPJ", "CNPJ 11.222.333/0001-81", "11.222.333/0001-81", ["CNPJ 11.222.333/0001-82"]],
	["VAT_NUMBER", "VAT DE136695976", "DE136695976", ["VAT DE136695977"]],
	["DATE_TIME", "due on 2023-11-08T07:45Z", "2023-11-08T07:45Z", ["2024-13-15", "99/99/2020"]],
	["DATE_TIME", "on 5 May 2021 we met", "5 May 2021", ["May I come in"]],
	["AGE", "she is 34 years old", "34", ["34 files", "chapter 34"]],
	[
		"ADDRESS",
		"Deliver to 742 Evergreen Terrace, please",
		"742 Evergreen Terrace",
		["2 long streets", "drive 5 miles"],
	],
	[
		"PERSON",
		"My name is Katarzyna Nowak and I need help.",
		"Katarzyna Nowak",
		["The Quick Guide", "Monday Morning"],
	],
	["LOCATION", "We flew to Barcelona yesterday.", "Barcelona", ["We flew to work yesterday."]],
	["NRP", "a Portuguese recipe", "Portuguese", ["a polish remover"]],
	["TITLE", "ask Mrs. Nowak about it", "Mrs", ["a prof of concept"]],
];

describe("the finder", () => {
	for (const [type, text, value, lookAlikes] of cases) {
		it(`finds ${type} in "${text}" and not in what only looks like it`, () => {
			expect(valuesOf(text, type)).toContain(value);
			for (const other of lookAlikes) expect(valuesOf(other, type)).toEqual([]);
		});
	}

	it("finds nothing in code and prose without personal data", () => {
		expect(typesIn("function add(a, b) { return a + b; } // 10 * 3.14, 0xff, v1.2.3")).toEqual([]);
		expect(typesIn("please summarise the text above in three short sentences")).toEqual([]);
		expect(typesIn("id: 7f3c2a9e-1b4d-4c8e-9f00-2a6b7c8d9e0f, rows: 128 256 512 1024")).toEqual([]);
	});

	it("finds the last phone number of a long list as it finds the first", () => {
		const lines = Array.from({ length: 300 }, (_, line) => `Room ${line}; 030 12345${100 + line}`);
		expect(valuesOf(lines.join("\n"), "PHONE_NUMBER")).toHaveLength(300);
	});

	it("looks only for the types it is asked for", () => {
		const emails = createPersonalDataFinder({ types: new Set(["EMAIL_ADDRESS"]) });
		const found = emails.find("Anna Berg, a@example.org, 4012888888881881");
		expect(found.map(({ type }) => type)).toEqual(["EMAIL_ADDRESS"]);
	});

	it("leaves out the numbers of countries that are not asked for", () => {
		const german = createPersonalDataFinder({ types: allTypes, countries: ["DE"] });
		expect(german.find("SSN 536-90-4399").map(({ type }) => type)).not.toContain("US_SSN");
		expect(german.find("IBAN DE89370400440532013000")[0]?.type).toBe("IBAN_CODE");
	});

	it("takes groups in a table for no number of one kind", () => {
		const row = Array.from({ length: 40 }, (_, at) => String(100 + ((at * 37) % 899))).join(" ");
		expect(typesIn(row)).toEqual([]);
	});
});

describe("for any text, the finder", () => {
	const pieces = fc.oneof(
		fc.string({ unit: "binary" }),
		fc.string({ unit: "grapheme" }),
		fc.constantFrom(
			...cases.map(([, text]) => text),
			" ",
			", ",
			"\n",
			"@",
			"://",
			"::",
			"+",
			"😀",
			"\ud800",
		),
	);
	const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(""));

	it("gives sorted spans that do not overlap, in range and never inside a code point", () => {
		fc.assert(
			fc.property(texts, (text) => {
				let before = 0;
				for (const { start, end, score, type } of finder.find(text)) {
					expect(start).toBeGreaterThanOrEqual(before);
					expect(end).toBeGreaterThan(start);
					expect(end).toBeLessThanOrEqual(text.length);
					expect(score).toBeGreaterThan(0);
					expect(score).toBeLessThanOrEqual(1);
					expect(allTypes.has(type)).toBe(true);
					for (const at of [start, end]) expect(splitsPair(text, at)).toBe(false);
					before = end;
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("says the same twice, whatever was asked in between", () => {
		fc.assert(
			fc.property(texts, texts, (text, other) => {
				const first = finder.find(text);
				finder.find(other);
				expect(finder.find(text)).toEqual(first);
			}),
			{ numRuns: 100 },
		);
	});
});

function splitsPair(text: string, at: number): boolean {
	const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
	return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}

describe("the work", () => {
	it("asks the lexicon once a word, however long the text is", () => {
		let asked = 0;
		const lexicon = {
			find: () => {
				asked += 1;
				return 0;
			},
		};
		readTokens(createTokens(), "Anna met Ben. ".repeat(5000), lexicon);
		expect(asked).toBe(15_000);
	});
});
