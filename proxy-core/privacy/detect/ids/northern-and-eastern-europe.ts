import {
	digitAt,
	isDayOfMonth,
	isMonotonous,
	isShortDate,
	numberAt,
	passesLuhn,
	passesMod11And10,
	weigh,
} from "../checks/digits.ts";
import type { IdentifierRule } from "./identifier-rule.ts";

/** Ten or twelve digits; persons without a number count sixty days on. */
function isPersonnummer(digits: string): boolean {
	const short = digits.slice(-10);
	const day = numberAt(short, 4);
	if (!isDayOfMonth(numberAt(short, 2), day > 60 ? day - 60 : day)) return false;
	return (digits.length === 10 || /^(?:18|19|20)/.test(digits)) && passesLuhn(short);
}

/** The third digit of an organisation's number is two or more, so that it is never a date. */
function isOrganisationsnummer(digits: string): boolean {
	return digitAt(digits, 2) >= 2 && /^[1-35-9]/.test(digits) && passesLuhn(digits);
}

function passesNorway(digits: string): boolean {
	const first = (11 - (weigh(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
	const second = (11 - (weigh(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
	const day = numberAt(digits, 0);
	const isDate = isDayOfMonth(numberAt(digits, 2) % 40, day > 40 ? day - 40 : day);
	return isDate && first === digitAt(digits, 9) && second === digitAt(digits, 10);
}

/** Since 2007 numbers are given out whose checksum fails, so only the date is sure. */
function isCpr(digits: string): boolean {
	return isDayOfMonth(numberAt(digits, 2), numberAt(digits, 0));
}

function isHenkilotunnus(compact: string): boolean {
	const digits = compact.slice(0, 6) + compact.slice(-4, -1);
	if (!isDayOfMonth(numberAt(compact, 2), numberAt(compact, 0))) return false;
	return "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(Number(digits) % 31) === compact.slice(-1);
}

function isPesel(digits: string): boolean {
	const sum = weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
	return sum % 10 === 0 && isDayOfMonth(numberAt(digits, 2) % 20, numberAt(digits, 4));
}

function isBirthNumber(digits: string): boolean {
	let month = numberAt(digits, 2) % 50;
	if (month > 20) month -= 20;
	if (!isDayOfMonth(month, numberAt(digits, 4))) return false;
	return Number(digits) % 11 === 0 || (Number(digits.slice(0, 9)) % 11) % 10 === digitAt(digits, 9);
}

function isBaltic(digits: string): boolean {
	if (!isShortDate(digits, 1)) return false;
	let rest = weigh(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
	if (rest === 10) rest = weigh(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
	return (rest === 10 ? 0 : rest) === digitAt(digits, 10);
}

function isTurkish(digits: string): boolean {
	const odd = weigh(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
	const even = weigh(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
	const all = weigh(digits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
	if (digits.startsWith("0") || (((odd * 7 - even) % 10) + 10) % 10 !== digitAt(digits, 9))
		return false;
	return all % 10 === digitAt(digits, 10);
}

function isSnils(digits: string): boolean {
	const rest = weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101;
	return (rest === 100 ? 0 : rest) === Number(digits.slice(9)) && !isMonotonous(digits);
}

function isInn(digits: string): boolean {
	const check = (weights: readonly number[]) => (weigh(digits, weights) % 11) % 10;
	if (digits.length === 10) return check([2, 4, 10, 3, 5, 9, 4, 6, 8]) === digitAt(digits, 9);
	return (
		check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === digitAt(digits, 10) &&
		check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === digitAt(digits, 11)
	);
}

export const northernAndEasternEuropeanRules: readonly IdentifierRule[] = [
	{
		type: "SE_PERSONNUMMER",
		groups: ["10", "12", "6-4", "8-4"],
		separators: "-+ ",
		check: isPersonnummer,
		context: ["personnummer", "personal identity", "samordningsnummer", "pnr", "개인 번호"],
		bare: 0.4,
		grouped: 0.85,
		alone: 0.7,
	},
	{
		type: "SE_ORGANISATIONSNUMMER",
		groups: ["10", "6-4"],
		check: isOrganisationsnummer,
		context: ["organisationsnummer", "orgnummer", "org nr", "org.nr", "orgnr"],
		bare: 0.3,
		grouped: 0.7,
		alone: 0.55,
	},
	{
		type: "NO_FODSELSNUMMER",
		groups: ["11", "6-5"],
		check: passesNorway,
		context: ["fødselsnummer", "fodselsnummer", "personnummer", "d-nummer"],
		bare: 0.5,
		grouped: 0.85,
	},
	{
		type: "DK_CPR",
		groups: ["6-4", "10"],
		check: isCpr,
		context: ["cpr", "personnummer"],
		bare: 0.05,
		grouped: 0.3,
	},
	{
		type: "FI_PERSONAL_IDENTITY_CODE",
		groups: ["6-4", "11", "10"],
		separators: "-+",
		pattern: /^\d{6}[A-FU-Y]?\d{3}[0-9A-FHJ-NPR-Y]$/,
		check: isHenkilotunnus,
		context: ["henkilötunnus", "hetu", "personbeteckning", "identity code"],
		bare: 0.4,
		grouped: 0.8,
		alone: 0.8,
	},
	{
		type: "PL_PESEL",
		groups: ["11"],
		check: isPesel,
		context: ["pesel"],
		bare: 0.5,
		alone: 0.7,
	},
	{
		type: "CZ_BIRTH_NUMBER",
		groups: ["10", "6-4"],
		separators: "/",
		check: isBirthNumber,
		context: ["rodné číslo", "rodne cislo", "r.č."],
		bare: 0.2,
		grouped: 0.85,
	},
	{
		type: "RO_CNP",
		groups: ["13"],
		check: (digits) => {
			const rest = weigh(digits, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
			return isShortDate(digits, 1) && (rest === 10 ? 1 : rest) === digitAt(digits, 12);
		},
		context: ["cnp", "cod numeric"],
		bare: 0.6,
	},
	{
		type: "BG_EGN",
		groups: ["10"],
		check: (digits) =>
			isDayOfMonth(numberAt(digits, 2) % 20, numberAt(digits, 4)) &&
			(weigh(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === digitAt(digits, 9),
		context: ["егн", "egn"],
		bare: 0.1,
	},
	{
		type: "HR_OIB",
		groups: ["11"],
		check: passesMod11And10,
		context: ["oib"],
		bare: 0.1,
	},
	{
		type: "EE_ISIKUKOOD",
		groups: ["11"],
		check: (digits) => /^[1-6]/.test(digits) && isBaltic(digits),
		context: ["isikukood", "asmens kodas"],
		bare: 0.3,
	},
	{
		type: "TR_NATIONAL_ID",
		groups: ["11"],
		check: isTurkish,
		context: ["kimlik", "tckn", "t.c."],
		bare: 0.75,
	},
	{
		type: "TR_LICENSE_PLATE",
		groups: ["2-1-4", "2-1-5", "2-2-3", "2-2-4", "2-3-2", "2-3-3", "7", "8", "9"],
		separators: " ",
		pattern: /^(?:0[1-9]|[1-7]\d|8[01])(?:[A-Z]\d{4,5}|[A-Z]{2}\d{3,4}|[A-Z]{3}\d{2,3})$/,
		context: ["plaka", "araç", "license plate"],
		bare: 0.2,
		grouped: 0.5,
		alone: 0.6,
	},
	{
		type: "RU_SNILS",
		groups: ["11", "3-3-3-2"],
		check: isSnils,
		context: ["снилс", "snils"],
		bare: 0.3,
		grouped: 0.85,
	},
	{
		type: "RU_INN",
		groups: ["10", "12"],
		check: isInn,
		context: ["инн", "inn"],
		bare: 0.1,
	},
	{
		type: "RU_PASSPORT",
		groups: ["4-6", "2-2-6", "10"],
		separators: " №-",
		context: ["паспорт", "passport of russia", "серия"],
		bare: 0.05,
	},
];
