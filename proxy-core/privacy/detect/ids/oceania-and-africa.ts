import {
	digitAt,
	isMonotonous,
	isShortDate,
	passesLuhn,
	passesVerhoeff,
	weigh,
} from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

function isAbn(digits: string): boolean {
	const sum = weigh(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10;
	return sum % 89 === 0 && !digits.startsWith("0");
}

function isSingaporean(compact: string): boolean {
	const kind = compact.charAt(0);
	const sum =
		weigh(compact, [2, 7, 6, 5, 4, 3, 2], 1) +
		(kind === "T" || kind === "G" ? 4 : kind === "M" ? 3 : 0);
	const letters =
		kind === "S" || kind === "T" ? "JZIHGFEDCBA" : kind === "M" ? "KLJNPQRTUWX" : "XWUTRQPNMLK";
	const at = kind === "M" ? 10 - (sum % 11) : sum % 11;
	return letters.charAt(at) === compact.charAt(8);
}

export const oceanianAndAfricanRules: readonly IdentifierRule[] = [
	{
		type: "AU_ABN",
		groups: ["11", "2-3-3-3"],
		check: isAbn,
		context: ["abn", "australian business"],
		bare: 0.35,
		grouped: 0.75,
		alone: 0.6,
	},
	{
		type: "AU_ACN",
		groups: ["9", "3-3-3"],
		check: (digits) =>
			(10 - (weigh(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === digitAt(digits, 8),
		context: ["acn", "australian company"],
		bare: 0.2,
		grouped: 0.6,
		alone: 0.5,
	},
	{
		type: "AU_TFN",
		groups: ["9", "3-3-3"],
		check: (digits) =>
			weigh(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && !isMonotonous(digits),
		context: ["tfn", "tax file"],
		bare: 0.2,
		grouped: 0.6,
		alone: 0.5,
	},
	{
		type: "AU_MEDICARE",
		groups: ["10", "11", "4-5-1", "4-5-1-1"],
		check: (digits) =>
			/^[2-6]/.test(digits) && weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digitAt(digits, 8),
		context: ["medicare"],
		bare: 0.3,
		grouped: 0.8,
		alone: 0.5,
	},
	{
		type: "SG_NRIC_FIN",
		groups: ["9"],
		pattern: /^[STFGM]\d{7}[A-Z]$/,
		check: isSingaporean,
		context: ["nric", "fin", "singapore"],
		bare: 0.9,
	},
	{
		type: "SG_UEN",
		groups: ["9", "10"],
		pattern: /^(?:\d{8}[A-Z]|(?:18|19|20)\d{2}\d{5}[A-Z]|[RST]\d{2}[A-Z]{2}\d{4}[A-Z])$/,
		context: ["uen", "unique entity"],
		bare: 0.2,
		alone: 0.45,
	},
	{
		type: "TH_TNIN",
		groups: ["13", "1-4-5-2-1"],
		check: (digits) =>
			(11 - (weigh(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 ===
				digitAt(digits, 12) &&
			/^[1-8]/.test(digits) &&
			!isMonotonous(digits),
		context: ["บัตรประชาชน", "เลขประจำตัว", "thai national", "tnin"],
		bare: 0.4,
		grouped: 0.9,
		alone: 0.6,
	},
	{
		type: "PH_TIN",
		groups: ["9", "12", "3-3-3", "3-3-3-3", "3-3-3-5"],
		context: ["tin", "taxpayer", "bir"],
		bare: 0.1,
		grouped: 0.3,
	},
	{
		type: "PH_UMID",
		groups: ["4-7-1", "12"],
		context: ["umid", "crn", "sss", "gsis"],
		bare: 0.1,
		grouped: 0.6,
	},
	{
		type: "PH_PASSPORT",
		groups: ["8", "9"],
		pattern: /^[A-Z](?:\d{7}[A-Z]|\d{6}[A-Z])$/,
		context: ["passport", "pasaporte", "philippine"],
		bare: 0.2,
		alone: 0.55,
	},
	{
		type: "PH_PHILHEALTH",
		groups: ["2-9-1", "12"],
		context: ["philhealth"],
		bare: 0.1,
		grouped: 0.6,
	},
	{
		type: "NG_NIN",
		groups: ["11"],
		check: (digits) => passesVerhoeff(digits),
		context: ["nin", "national identification", "nigeria"],
		bare: 0.2,
		alone: 0.5,
	},
	{
		type: "NG_VEHICLE_REGISTRATION",
		groups: ["3-5", "8"],
		pattern: /^[A-Z]{3}\d{3}[A-Z]{2}$/,
		context: ["plate", "vehicle", "registration"],
		bare: 0.3,
		grouped: 0.7,
		alone: 0.6,
	},
	{
		type: "ZA_ID_NUMBER",
		groups: ["13", "6-4-3", "6-4-2-1"],
		check: (digits) => isShortDate(digits) && digitAt(digits, 10) <= 2 && passesLuhn(digits),
		context: ["south africa", "id number", "identity number", "rsa id"],
		bare: 0.8,
	},
	{
		type: "IL_ID",
		groups: ["9"],
		check: (digits) => passesLuhn(digits) && !isMonotonous(digits),
		context: ["תעודת זהות", "ת.ז", "teudat zehut"],
		bare: 0.1,
	},
];
