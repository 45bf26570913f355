import { digitAt, isMonotonous, passesLuhn, weigh } from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

const dniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

function passesNir(compact: string): boolean {
	const body = compact.slice(0, 13).replace("2A", "19").replace("2B", "18");
	return 97 - Number(BigInt(body) % 97n) === Number(compact.slice(13));
}

function passesBelgium(digits: string): boolean {
	const check = Number(digits.slice(9));
	const body = digits.slice(0, 9);
	return 97 - (Number(body) % 97) === check || 97 - (Number(`2${body}`) % 97) === check;
}

const oddValues = [
	1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function passesFiscalCode(compact: string): boolean {
	let sum = 0;
	for (let at = 0; at < 15; at += 1) {
		const code = compact.charCodeAt(at);
		const value = code >= 65 ? code - 65 : code - 48;
		sum += at % 2 === 0 ? (oddValues[value] ?? 0) : value;
	}
	return compact.charCodeAt(15) === 65 + (sum % 26);
}

export const westernEuropeanRules: readonly IdentifierRule[] = [
	{
		type: "FR_NIR",
		groups: ["15", "13-2", "1-2-2-2-3-3-2"],
		separators: " -.",
		pattern: /^[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}\d{2}$/,
		check: passesNir,
		context: ["sécurité sociale", "securite sociale", "nir", "insee"],
		bare: 0.9,
	},
	{
		type: "ES_NIF",
		groups: ["9", "8-1", "8", "7-1", "2-3-3-1", "2-3-4"],
		separators: "- .",
		pattern: /^\d{7,8}[A-Z]$/,
		check: (compact) => dniLetters.charAt(Number(compact.slice(0, -1)) % 23) === compact.slice(-1),
		context: ["dni", "nif", "documento nacional", "identificación"],
		bare: 0.7,
	},
	{
		type: "ES_NIE",
		groups: ["9", "1-7-1", "8-1", "1-8"],
		pattern: /^[XYZ]\d{7}[A-Z]$/,
		check: (compact) =>
			dniLetters.charAt(
				Number(`${"XYZ".indexOf(compact.charAt(0))}${compact.slice(1, 8)}`) % 23,
			) === compact.charAt(8),
		context: ["nie", "extranjero"],
		bare: 0.8,
	},
	{
		type: "ES_PASSPORT",
		groups: ["9"],
		pattern: /^[A-Z]{3}\d{6}$/,
		context: ["pasaporte", "passport"],
		bare: 0.2,
		alone: 0.6,
	},
	{
		type: "IT_FISCAL_CODE",
		groups: ["16", "6-5-5", "3-3-5-5", "6-2-1-2-4-1"],
		pattern: /^[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]$/,
		check: passesFiscalCode,
		context: ["codice fiscale", "cf"],
		bare: 0.95,
	},
	{
		type: "IT_VAT_CODE",
		groups: ["11", "8-3"],
		separators: " -_",
		check: (digits) => passesLuhn(digits) && !isMonotonous(digits),
		context: ["partita iva", "p.iva", "piva", "p. iva", "codice fiscale", "vat"],
		bare: 0.25,
		alone: 0.55,
	},
	{
		type: "IT_DRIVER_LICENSE",
		groups: ["10"],
		pattern: /^(?:[A-Z]{2}\d{7}[A-Z]|U1[B-DF-HJ-NP-TV-Z0-9]{7}[A-Z])$/,
		context: ["patente", "guida", "driver"],
		bare: 0.45,
		alone: 0.6,
	},
	{
		type: "IT_PASSPORT",
		groups: ["9"],
		pattern: /^[A-Z]{2}\d{7}$/,
		context: ["passaporto", "passport", "italian"],
		bare: 0.15,
		alone: 0.5,
	},
	{
		type: "IT_IDENTITY_CARD",
		groups: ["9", "2-7"],
		pattern: /^(?:[A-Z]{2}\d{7}|\d{7}[A-Z]{2}|[A-Z]{2}\d{5}[A-Z]{2})$/,
		context: [
			"carta d'identità",
			"carta di identità",
			"identità",
			"carta identita",
			"cie",
			"identity card",
		],
		bare: 0.2,
		alone: 0.45,
	},
	{
		type: "NL_BSN",
		groups: ["9", "3-3-3", "4-2-3"],
		separators: " .-",
		check: (digits) =>
			weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && !isMonotonous(digits),
		context: ["bsn", "burgerservice", "sofi"],
		bare: 0.1,
	},
	{
		type: "BE_NATIONAL_NUMBER",
		groups: ["11", "2-2-2-3-2"],
		separators: ".- ",
		check: passesBelgium,
		context: ["rijksregister", "registre national", "insz", "niss", "national number"],
		bare: 0.3,
		grouped: 0.9,
	},
	{
		type: "CH_AHV",
		groups: ["13", "3-4-4-2"],
		separators: ". -",
		pattern: /^756\d{10}$/,
		check: (digits) => weigh(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
		context: ["ahv", "avs", "oasi"],
		bare: 0.9,
	},
	{
		type: "PT_NIF",
		groups: ["9", "3-3-3"],
		check: (digits) => {
			const rest = weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
			return /^[1-35689]/.test(digits) && (rest < 2 ? 0 : 11 - rest) === digitAt(digits, 8);
		},
		context: ["nif", "contribuinte", "identificação fiscal"],
		bare: 0.1,
	},
	{
		type: "IE_PPSN",
		groups: ["8", "9"],
		pattern: /^\d{7}[A-W][A-IW]?$/,
		check: (compact) => {
			const second = compact.length === 9 ? (compact.charCodeAt(8) - 64) % 23 : 0;
			return (
				"WABCDEFGHIJKLMNOPQRSTUV".charAt(
					(weigh(compact, [8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23,
				) === compact.charAt(7)
			);
		},
		context: ["pps", "ppsn", "personal public service"],
		bare: 0.4,
	},
];
