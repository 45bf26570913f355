import { digitAt, isMonotonous, weigh } from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

function passesNhs(digits: string): boolean {
	const rest = 11 - (weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
	return (rest === 11 ? 0 : rest) === digitAt(digits, 9) && !isMonotonous(digits);
}

export const britishRules: readonly IdentifierRule[] = [
	{
		type: "UK_NHS",
		groups: ["10", "3-3-4"],
		check: passesNhs,
		context: ["nhs", "national health", "health service", "patient"],
		bare: 0.25,
		grouped: 0.7,
		alone: 0.6,
	},
	{
		type: "UK_NINO",
		groups: ["9", "2-6-1", "2-2-2-2-1", "8-1"],
		pattern: /^(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]$/,
		context: ["national insurance", "nino", "ni number", "insurance number"],
		bare: 0.8,
	},
	{
		type: "UK_PASSPORT",
		groups: ["9"],
		context: ["uk passport", "british passport", "hm passport", "united kingdom passport"],
		bare: 0.05,
	},
	{
		type: "UK_PASSPORT",
		groups: ["9"],
		pattern: /^[A-Z]{2}\d{7}$/,
		context: ["uk passport", "british passport", "passport"],
		bare: 0.1,
	},
	{
		type: "UK_DRIVING_LICENCE",
		groups: ["16", "5-6-5", "18"],
		pattern:
			/^[A-Z]{1,5}9{0,4}\d[0156]\d(?:0[1-9]|[12]\d|3[01])\d(?:[A-Z]{2}|[A-Z]9|99)[A-Z0-9][A-Z]{2}(?:\d\d)?$/,
		check: (compact) => /^[A-Z9]{5}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])/.test(compact),
		context: ["driving", "licence", "dvla"],
		bare: 0.85,
	},
	{
		type: "UK_POSTCODE",
		groups: ["2-3", "3-3", "4-3", "5", "6", "7"],
		separators: " ",
		pattern:
			/^(?:GIR0AA|(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLNP-UW-Z]{2})$/,
		context: ["postcode", "post code", "postal code", "address", "london"],
		bare: 0.3,
		grouped: 0.7,
		alone: 0.6,
	},
	{
		type: "UK_VEHICLE_REGISTRATION",
		groups: ["7", "4-3", "2-2-3"],
		separators: " ",
		pattern: /^[A-HJ-PR-Y][A-HJ-PR-Y](?:0[1-9]|[1-7]\d)[A-HJ-PR-Z]{3}$/,
		context: ["registration", "number plate", "vehicle", "reg no", "licence plate", "vrm"],
		bare: 0.3,
		grouped: 0.6,
		alone: 0.6,
	},
];
