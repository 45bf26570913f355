import {
	digitAt,
	isMonotonous,
	isShortDate,
	numberAt,
	passesLuhn,
	weigh,
} from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

/** Areas 000 and 666 and those from 900 were never given out, nor a group or serial of noughts. */
function isSocialSecurityNumber(digits: string): boolean {
	const area = Number(digits.slice(0, 3));
	if (area === 0 || area === 666) return false;
	return digits.slice(3, 5) !== "00" && digits.slice(5) !== "0000" && !isMonotonous(digits);
}

/** Groups 50-65, 70-88, 90-92 and 94-99 are given to taxpayers without a social security number. */
function isTaxpayerNumber(digits: string): boolean {
	const group = numberAt(digits, 3);
	return (
		digits.startsWith("9") &&
		((group >= 50 && group <= 65) || (group >= 70 && group <= 99 && group !== 89 && group !== 93))
	);
}

/** The check of Brazil's numbers: two digits, each the weighted sum of all before it. */
function passesBrazil(digits: string, weightsMax: number): boolean {
	if (isMonotonous(digits)) return false;
	for (let at = digits.length - 2; at < digits.length; at += 1) {
		let sum = 0;
		for (let from = 0; from < at; from += 1) {
			sum += digitAt(digits, from) * (((at - 1 - from) % (weightsMax - 1)) + 2);
		}
		const rest = sum % 11;
		if ((rest < 2 ? 0 : 11 - rest) !== digitAt(digits, at)) return false;
	}
	return true;
}

function passesRut(compact: string): boolean {
	const digits = compact.slice(0, -1);
	let sum = 0;
	for (
		let at = digits.length - 1, weight = 2;
		at >= 0;
		at -= 1, weight = weight === 7 ? 2 : weight + 1
	) {
		sum += digitAt(digits, at) * weight;
	}
	return "0K987654321".charAt(sum % 11) === compact.slice(-1);
}

/** Medicare leaves out the letters that look like digits. */
const mbi =
	/^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d\d$/;

export const americanRules: readonly IdentifierRule[] = [
	{
		type: "US_ITIN",
		groups: ["3-2-4", "9", "3-6", "5-4"],
		check: isTaxpayerNumber,
		context: ["itin", "tax id", "taxpayer", "tin", "tax identification", "individual taxpayer"],
		bare: 0.2,
		grouped: 0.6,
		alone: 0.6,
	},
	{
		type: "US_SSN",
		groups: ["3-2-4"],
		separators: "- .",
		check: (digits) => isSocialSecurityNumber(digits) && !digits.startsWith("9"),
		context: ["ssn", "social security", "social sec", "사회 보장", "사회보장"],
		bare: 0.75,
	},
	{
		type: "US_SSN",
		groups: ["9", "3-2-4"],
		check: isSocialSecurityNumber,
		context: ["ssn", "social security", "ss#", "사회 보장", "사회보장", "seguro social"],
		bare: 0.2,
	},
	{
		type: "US_PASSPORT",
		groups: ["9"],
		pattern: /^[A-Z]\d{8}$/,
		context: ["passport", "travel document", "pasaporte"],
		bare: 0.2,
		alone: 0.5,
	},
	{
		type: "US_PASSPORT",
		groups: ["9"],
		context: ["us passport", "u.s. passport", "united states passport", "passport"],
		bare: 0.1,
	},
	{
		type: "US_DRIVER_LICENSE",
		groups: [
			"7",
			"8",
			"9",
			"10",
			"12",
			"13",
			"14",
			"3-3-3",
			"4-4-4",
			"1-3-4-4",
			"4-5-5",
			"3-2-4",
			"4-4-4-2",
			"3-3-3-3-1",
		],
		pattern:
			/^(?:[A-Z]{1,3}\d{5,14}|\d{7,12}|[A-Z]\d{2,3}[A-Z]\d{2,6}|[A-Z]{3}\d{5}[A-Z0-9]{4,6}|\d{2}[A-Z]{3}\d{5})$/,
		context: [
			"driver's license",
			"driver’s license",
			"drivers license",
			"driver license",
			"driver licence",
			"driver's licence",
			"driving license",
			"driver lic",
			"driver's lic",
			"driver-license",
			"license number",
			"licence number",
			"license no",
			"dl number",
			"dl#",
			"dl:",
			"permis de conduire",
			"licencia de conducir",
		],
		bare: 0.05,
	},
	{
		type: "ABA_ROUTING_NUMBER",
		groups: ["9", "4-4-1"],
		check: (digits) =>
			/^(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits) &&
			weigh(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0 &&
			!isMonotonous(digits),
		context: ["aba", "routing", "rtn", "bankrouting", "transit number", "라우팅"],
		bare: 0.2,
		grouped: 0.6,
		alone: 0.5,
	},
	{
		type: "US_BANK_NUMBER",
		groups: ["8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "3-3-4", "4-4-4", "4-6"],
		context: [
			"bank account",
			"account number",
			"account no",
			"account #",
			"acct",
			"checking account",
			"savings account",
			"debit account",
			"account:",
			"deposit account",
		],
		bare: 0.05,
	},
	{
		type: "US_NPI",
		groups: ["10", "4-3-3"],
		check: (digits) => /^[12]/.test(digits) && passesLuhn(`80840${digits}`),
		context: ["npi", "national provider", "provider identifier", "provider id"],
		bare: 0.3,
		alone: 0.5,
	},
	{
		type: "US_MBI",
		groups: ["11", "4-3-4"],
		pattern: mbi,
		context: ["medicare", "mbi", "beneficiary"],
		bare: 0.5,
		grouped: 0.7,
	},
	{
		type: "MEDICAL_LICENSE",
		groups: ["9", "2-7"],
		pattern: /^[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}$/,
		check: (compact) => {
			const odd = digitAt(compact, 2) + digitAt(compact, 4) + digitAt(compact, 6);
			const even = digitAt(compact, 3) + digitAt(compact, 5) + digitAt(compact, 7);
			return (odd + 2 * even) % 10 === digitAt(compact, 8);
		},
		context: ["dea", "medical", "certificate", "prescri"],
		bare: 0.6,
	},
	{
		type: "CA_SIN",
		groups: ["9", "3-3-3"],
		check: (digits) => /^[1-79]/.test(digits) && passesLuhn(digits) && !isMonotonous(digits),
		context: ["sin", "social insurance", "nas", "assurance sociale", "canadian"],
		bare: 0.2,
		grouped: 0.65,
		alone: 0.6,
	},
	{
		type: "BR_CPF",
		groups: ["11", "3-3-3-2"],
		separators: ".- ",
		check: (digits) => passesBrazil(digits, 12),
		context: ["cpf", "contribuinte", "receita federal"],
		bare: 0.3,
		grouped: 0.9,
		alone: 0.5,
	},
	{
		type: "BR_CNPJ",
		groups: ["14", "2-3-3-4-2"],
		separators: "./- ",
		check: (digits) => passesBrazil(digits, 9),
		context: ["cnpj", "empresa"],
		bare: 0.5,
		grouped: 0.95,
	},
	{
		type: "MX_CURP",
		groups: ["18"],
		pattern: /^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d$/,
		check: (compact) => {
			if (!isShortDate(compact, 4)) return false;
			let sum = 0;
			for (let at = 0; at < 17; at += 1) {
				sum += "0123456789ABCDEFGHIJKLMN?OPQRSTUVWXYZ".indexOf(compact.charAt(at)) * (18 - at);
			}
			return (10 - (sum % 10)) % 10 === digitAt(compact, 17);
		},
		context: ["curp"],
		bare: 0.95,
	},
	{
		type: "CL_RUT",
		groups: ["8-1", "7-1", "2-3-3-1", "1-3-3-1"],
		separators: ".-",
		pattern: /^\d{7,8}[0-9K]$/,
		check: passesRut,
		context: ["rut", "run"],
		bare: 0.4,
		grouped: 0.6,
	},
	{
		type: "AR_CUIT",
		groups: ["11", "2-8-1"],
		check: (digits) =>
			/^(?:2[03457]|3[034])/.test(digits) &&
			(11 - (weigh(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(digits, 10),
		context: ["cuit", "cuil"],
		bare: 0.3,
		grouped: 0.8,
	},
];
