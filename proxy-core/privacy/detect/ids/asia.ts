import {
	digitAt,
	isMonotonous,
	isShortDate,
	numberAt,
	passesVerhoeff,
	weigh,
} from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

const base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Products of weights 1 and 2 in turn, their base-36 digits summed. */
function passesGstin(compact: string): boolean {
	let sum = 0;
	for (let at = 0; at < 14; at += 1) {
		const product = base36.indexOf(compact.charAt(at)) * (at % 2 === 0 ? 1 : 2);
		sum += Math.floor(product / 36) + (product % 36);
	}
	return base36.charAt((36 - (sum % 36)) % 36) === compact.charAt(14);
}

function isGstin(compact: string): boolean {
	const state = numberAt(compact, 0);
	return (state >= 1 && state <= 38) || state === 97 || state === 99 || passesGstin(compact);
}

/** Since October 2020 the last digits are drawn by lot, so the checksum no longer tells. */
function isKoreanBirth(digits: string): boolean {
	return isShortDate(digits) && digitAt(digits, 6) >= 1 && digitAt(digits, 6) <= 8;
}

function isChineseResident(compact: string): boolean {
	const sum = weigh(compact, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
	return isShortDate(compact, 8) && "10X98765432".charAt(sum % 11) === compact.charAt(17);
}

function isHongKong(compact: string): boolean {
	const padded = compact.length === 8 ? ` ${compact}` : compact;
	let sum = 0;
	for (let at = 0; at < 8; at += 1) {
		const code = padded.charCodeAt(at);
		sum += (code === 32 ? 36 : code >= 65 ? code - 55 : code - 48) * (9 - at);
	}
	const last = padded.charAt(8);
	return (sum + (last === "A" ? 10 : Number(last))) % 11 === 0;
}

function isTaiwanese(compact: string): boolean {
	const region = "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(compact.charAt(0)) + 10;
	const head = Math.floor(region / 10) + (region % 10) * 9;
	return (head + weigh(compact, [8, 7, 6, 5, 4, 3, 2, 1, 1], 1)) % 10 === 0;
}

export const asianRules: readonly IdentifierRule[] = [
	{
		type: "IN_AADHAAR",
		groups: ["12", "4-4-4"],
		separators: " -:",
		check: (digits) =>
			/^[2-9]/.test(digits) && passesVerhoeff(digits) && [...digits].reverse().join("") !== digits,
		context: ["aadhaar", "aadhar", "uidai", "आधार"],
		bare: 0.6,
		grouped: 0.9,
	},
	{
		type: "IN_PAN",
		groups: ["10"],
		pattern: /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/,
		context: ["pan", "permanent account", "income tax"],
		bare: 0.8,
	},
	{
		type: "IN_PAN",
		groups: ["10"],
		pattern: /^[A-Z]{5}\d{4}[A-Z]$/,
		context: ["pan", "permanent account"],
		bare: 0.4,
		alone: 0.6,
	},
	{
		type: "IN_GSTIN",
		groups: ["15"],
		pattern: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/,
		check: isGstin,
		context: ["gst", "gstin"],
		bare: 0.9,
	},
	{
		type: "IN_VOTER",
		groups: ["10"],
		pattern: /^[A-Z]{3}\d{7}$/,
		context: ["voter", "epic", "elector"],
		bare: 0.25,
		alone: 0.6,
	},
	{
		type: "IN_PASSPORT",
		groups: ["8"],
		pattern: /^[A-PR-WY][1-9]\d{5}[1-9]$/,
		context: ["passport", "indian"],
		bare: 0.2,
		alone: 0.6,
	},
	{
		type: "IN_VEHICLE_REGISTRATION",
		groups: ["9", "10", "8", "2-2-2-4", "2-2-1-4", "4-2-4", "4-6"],
		pattern:
			/^(?:A[NPRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[AKP]|WB)\d{1,2}[A-Z]{1,3}\d{4}$/,
		context: ["registration", "vehicle", "rto", "number plate"],
		bare: 0.7,
	},
	{
		type: "IN_VEHICLE_REGISTRATION",
		groups: ["6", "7"],
		pattern: /^(?:I\d{5}|[A-Z]{3}\d{4})$/,
		context: ["registration", "vehicle", "rto", "number plate"],
		bare: 0.1,
		alone: 0.5,
	},
	{
		type: "KR_RRN",
		groups: ["13", "6-7"],
		check: (digits) => isKoreanBirth(digits) && /^\d{6}[1-4]/.test(digits),
		context: ["주민", "rrn", "resident registration"],
		bare: 0.3,
		grouped: 0.85,
		alone: 0.8,
	},
	{
		type: "KR_FRN",
		groups: ["13", "6-7"],
		check: (digits) => isKoreanBirth(digits) && /^\d{6}[5-8]/.test(digits),
		context: ["외국인", "frn", "foreigner", "alien registration"],
		bare: 0.3,
		grouped: 0.85,
		alone: 0.8,
	},
	{
		type: "KR_BRN",
		groups: ["10", "3-2-5"],
		check: (digits) => {
			const sum =
				weigh(digits, [1, 3, 7, 1, 3, 7, 1, 3]) +
				Math.floor((digitAt(digits, 8) * 5) / 10) +
				((digitAt(digits, 8) * 5) % 10);
			return (10 - (sum % 10)) % 10 === digitAt(digits, 9) && !isMonotonous(digits);
		},
		context: ["사업자", "brn", "business registration"],
		bare: 0.2,
		grouped: 0.75,
		alone: 0.5,
	},
	{
		type: "KR_PASSPORT",
		groups: ["9"],
		pattern: /^[MSRODG](?:\d{8}|\d{3}[A-Z]\d{4})$/,
		context: ["여권", "passport"],
		bare: 0.3,
		alone: 0.7,
	},
	{
		type: "KR_DRIVER_LICENSE",
		groups: ["12", "2-2-6-2"],
		pattern: /^(?:1[1-9]|2[0-68])\d{10}$/,
		context: ["운전면허", "면허", "driver"],
		bare: 0.1,
		grouped: 0.8,
		alone: 0.45,
	},
	{
		type: "CN_RESIDENT_ID",
		groups: ["18", "6-8-4"],
		pattern: /^[1-9]\d{5}(?:19|20)\d{9}[0-9X]$/,
		check: isChineseResident,
		context: ["身份证", "resident identity", "id card"],
		bare: 0.95,
	},
	{
		type: "JP_MY_NUMBER",
		groups: ["12", "4-4-4"],
		check: (digits) => {
			const rest = weigh(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
			return (rest <= 1 ? 0 : 11 - rest) === digitAt(digits, 11);
		},
		context: ["マイナンバー", "個人番号", "my number"],
		bare: 0.1,
	},
	{
		type: "TW_NATIONAL_ID",
		groups: ["10"],
		pattern: /^[A-Z][12]\d{8}$/,
		check: isTaiwanese,
		context: ["身分證", "統一編號", "national id"],
		bare: 0.55,
	},
	{
		type: "HK_ID",
		groups: ["8", "9", "7-1", "8-1"],
		separators: "(",
		pattern: /^[A-Z]{1,2}\d{6}[0-9A]$/,
		check: isHongKong,
		context: ["hkid", "身份證", "hong kong"],
		bare: 0.3,
		grouped: 0.9,
	},
];
