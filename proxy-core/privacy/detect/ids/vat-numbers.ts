import { digitAt, passesLuhn, passesMod11And10, remainderBy97, weigh } from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

export const vatRules: readonly IdentifierRule[] = [
	{
		type: "VAT_NUMBER",
		groups: [
			"9",
			"10",
			"11",
			"12",
			"13",
			"14",
			"2-9",
			"2-10",
			"2-3-3-3",
			"5-3-3",
			"2-8",
			"2-11",
			"2-12",
		],
		pattern:
			/^(?:ATU\d{8}|BE[01]\d{9}|DE[1-9]\d{8}|DK\d{8}|ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}|FR[A-Z0-9]{2}\d{9}|GB\d{9}|IE\d{7}[A-W][A-I]?|IT\d{11}|LU\d{8}|NL\d{9}B\d\d|PL\d{10}|PT\d{9}|SE\d{10}01)$/,
		check: isVatNumber,
		context: ["vat", "ust", "tva", "iva", "btw", "moms", "umsatzsteuer"],
		bare: 0.6,
	},
];

function isVatNumber(compact: string): boolean {
	const body = compact.slice(2);
	switch (compact.slice(0, 2)) {
		case "DE":
			return passesMod11And10(body);
		case "IT":
			return passesLuhn(body);
		case "SE":
			return passesLuhn(body.slice(0, 10));
		case "BE":
			return 97 - (Number(body.slice(0, 8)) % 97) === Number(body.slice(8));
		case "FR":
			return /^\d{2}/.test(body)
				? (12 + 3 * (Number(body.slice(2)) % 97)) % 97 === Number(body.slice(0, 2))
				: passesLuhn(body.slice(2));
		case "PL":
			return weigh(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === digitAt(body, 9);
		case "DK":
			return weigh(body, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
		case "FI":
			return (11 - (weigh(body, [7, 9, 10, 5, 8, 4, 2]) % 11)) % 11 === digitAt(body, 7);
		case "NL":
			return weigh(body, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 || remainderBy97(compact) === 1;
		default:
			return true;
	}
}
