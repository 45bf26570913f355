import {
	digitAt,
	isDayOfMonth,
	isMonotonous,
	numberAt,
	passesMod11And10,
	weigh,
} from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

/** A tax number has one digit two or three times among its first ten. */
function isGermanTaxId(digits: string): boolean {
	if (digits.startsWith("0")) return false;
	const distinct = new Set(digits.slice(0, 10)).size;
	return distinct >= 8 && distinct <= 9 && passesMod11And10(digits);
}

/** The insured's letter counts as its place in the alphabet; weights 1 and 2 in turn, sums of digits. */
function passesHealthInsurance(compact: string): boolean {
	const digits = String(compact.charCodeAt(0) - 64).padStart(2, "0") + compact.slice(1, 9);
	return crossSum(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === digitAt(compact, 9);
}

function passesPension(compact: string): boolean {
	const letter = String(compact.charCodeAt(8) - 64).padStart(2, "0");
	const digits = compact.slice(0, 8) + letter + compact.slice(9, 11);
	const day = numberAt(compact, 2);
	if (!isDayOfMonth(numberAt(compact, 4), day > 50 ? day - 50 : day)) return false;
	return crossSum(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === digitAt(compact, 11);
}

function crossSum(digits: string, weights: readonly number[]): number {
	return weights.reduce((sum, weight, at) => {
		const product = weight * digitAt(digits, at);
		return sum + Math.floor(product / 10) + (product % 10);
	}, 0);
}

/** ICAO 9303: weights 7, 3, 1; the check digit stands last. */
function passesDocumentCheck(compact: string): boolean {
	let sum = 0;
	for (let at = 0; at < compact.length - 1; at += 1) {
		const code = compact.charCodeAt(at);
		sum += (code >= 65 ? code - 55 : code - 48) * ([7, 3, 1][at % 3] ?? 1);
	}
	return sum % 10 === digitAt(compact, compact.length - 1);
}

const passportWords = ["passport", "reisepass", "pasaporte", "passaporto", "paspoort", "passeport"];

export const germanRules: readonly IdentifierRule[] = [
	{
		type: "DE_TAX_ID",
		groups: ["11", "2-3-3-3"],
		check: isGermanTaxId,
		context: ["steuer", "idnr", "tax id", "tin"],
		bare: 0.3,
		grouped: 0.7,
		alone: 0.6,
	},
	{
		type: "DE_TAX_NUMBER",
		groups: ["10", "11", "13", "2-3-5", "3-3-5", "3-4-4", "5-5", "2-4-4", "2-3-4-1"],
		separators: "/ -",
		context: [
			"steuernummer",
			"steuernr",
			"steuer-nr",
			"st.-nr",
			"st-nr",
			"tax number",
			"finanzamt",
		],
		bare: 0.05,
	},
	{
		type: "DE_PASSPORT",
		groups: ["9", "10"],
		pattern: /^[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8}\d?$/,
		context: [...passportWords, "pass-nr", "passnummer"],
		bare: 0.15,
		alone: 0.5,
	},
	{
		type: "DE_ID_CARD",
		groups: ["10", "9"],
		pattern: /^[LMNPRTVWXYCFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8}\d?$/,
		check: (compact) => compact.length === 9 || passesDocumentCheck(compact),
		context: ["personalausweis", "ausweis", "identity card", "id card", "perso"],
		bare: 0.15,
		alone: 0.45,
	},
	{
		type: "DE_ID_CARD",
		groups: ["9"],
		pattern: /^T\d{8}$/,
		context: ["personalausweis", "ausweis"],
		bare: 0.15,
	},
	{
		type: "DE_SOCIAL_SECURITY",
		groups: ["12", "2-6-1-3", "8-1-3", "2-6-4"],
		pattern: /^\d{8}[A-Z]\d{3}$/,
		check: passesPension,
		context: ["rentenversicherung", "sozialversicherung", "rvnr", "svnr"],
		bare: 0.85,
	},
	{
		type: "DE_HEALTH_INSURANCE",
		groups: ["10", "1-9"],
		pattern: /^[A-Z]\d{9}$/,
		check: passesHealthInsurance,
		context: [
			"krankenversicher",
			"kvnr",
			"egk",
			"versichertennummer",
			"krankenkasse",
			"gesundheitskarte",
		],
		bare: 0.6,
		alone: 0.7,
	},
	{
		type: "DE_LANR",
		groups: ["9"],
		check: (digits) =>
			(10 - (weigh(digits, [4, 9, 4, 9, 4, 9]) % 10)) % 10 === digitAt(digits, 6) &&
			!isMonotonous(digits),
		context: ["lanr", "arztnummer", "arzt"],
		bare: 0.15,
		alone: 0.5,
	},
	{
		type: "DE_BSNR",
		groups: ["9"],
		context: ["bsnr", "betriebsstätte", "betriebsstaette"],
		bare: 0.05,
	},
	{
		type: "DE_KFZ",
		groups: [
			"1-1-1",
			"1-1-2",
			"1-1-3",
			"1-1-4",
			"1-2-1",
			"1-2-2",
			"1-2-3",
			"1-2-4",
			"2-1-2",
			"2-1-3",
			"2-1-4",
			"2-2-1",
			"2-2-2",
			"2-2-3",
			"2-2-4",
			"3-1-2",
			"3-1-3",
			"3-2-2",
			"3-2-3",
			"1-2-5",
			"2-2-5",
			"2-1-5",
			"3-2-4",
		],
		pattern: /^[A-ZÄÖÜ]{2,5}[1-9]\d{0,3}[HE]?$/,
		context: ["kennzeichen", "kfz", "nummernschild", "fahrzeug", "license plate", "auto"],
		bare: 0.1,
		alone: 0.6,
	},
	{
		type: "DE_FUEHRERSCHEIN",
		groups: ["11"],
		pattern: /^[A-Z0-9]\d{2}[A-Z0-9]{6}\d[A-Z0-9]$/,
		context: ["führerschein", "fuehrerschein", "fahrerlaubnis", "driving licence", "driver"],
		bare: 0.15,
	},
	{
		type: "DE_HANDELSREGISTER",
		groups: ["3-3", "3-4", "3-5", "3-6", "3-7", "6", "7", "8", "9"],
		pattern: /^HR[AB]\d{1,6}[A-Z]?$/,
		context: ["handelsregister", "amtsgericht", "registergericht"],
		bare: 0.6,
		grouped: 0.85,
	},
	{
		type: "DE_PLZ",
		groups: ["5"],
		pattern: /^(?:0[1-9]|[1-9]\d)\d{3}$/,
		context: ["plz", "postleitzahl", "zustellort"],
		bare: 0.05,
	},
];
