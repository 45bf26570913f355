/** Checksums of numbers that people, accounts and things go by. Each takes the bare digits. */

/** Of the digit at `at`; -48…: a letter gives a large number, never NaN. */
export function digitAt(text: string, at: number): number {
	return text.charCodeAt(at) - 48;
}

/** Luhn, ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let at = digits.length - 1, isDoubled = false; at >= 0; at -= 1, isDoubled = !isDoubled) {
		const digit = digitAt(digits, at);
		const twice = digit * 2;
		sum += isDoubled ? (twice > 9 ? twice - 9 : twice) : digit;
	}
	return sum % 10 === 0;
}

/** Sum of digits times weights; digits beyond the weights do not count. */
export function weigh(digits: string, weights: readonly number[], from = 0): number {
	return weights.reduce((sum, weight, at) => sum + weight * digitAt(digits, from + at), 0);
}

/** Remainder by 97 with letters as 10 to 35 (ISO 7064 MOD 97-10), of a text of any length. */
export function remainderBy97(text: string): number {
	let remainder = 0;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		const value = code >= 65 ? code - 55 : code - 48;
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder;
}

/** ISO 7064 MOD 11,10. */
export function passesMod11And10(digits: string): boolean {
	let product = 10;
	for (let at = 0; at < digits.length - 1; at += 1) {
		const sum = (digitAt(digits, at) + product) % 10;
		product = ((sum === 0 ? 10 : sum) * 2) % 11;
	}
	return (11 - product) % 10 === digitAt(digits, digits.length - 1);
}

const multiply = [
	"0123456789",
	"1234067895",
	"2340178956",
	"3401289567",
	"4012395678",
	"5987604321",
	"6598710432",
	"7659821043",
	"8765932104",
	"9876543210",
];
const permute = [
	"0123456789",
	"1576283094",
	"5803796142",
	"8916043527",
	"9453126870",
	"4286573901",
	"2793806415",
	"7046913258",
];

/** Verhoeff's check over the dihedral group of ten. */
export function passesVerhoeff(digits: string): boolean {
	let check = 0;
	for (let at = 0; at < digits.length; at += 1) {
		const digit = digitAt(digits, digits.length - 1 - at);
		const permuted = digitAt(permute[at % 8] ?? "", digit);
		check = digitAt(multiply[check] ?? "", permuted);
	}
	return check === 0;
}

/** One digit over and over, which passes many checksums and names nobody. */
export function isMonotonous(digits: string): boolean {
	for (let at = 1; at < digits.length; at += 1) {
		if (digits.charCodeAt(at) !== digits.charCodeAt(0)) return false;
	}
	return true;
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a month has such a day in some year. */
export function isDayOfMonth(month: number, day: number): boolean {
	return day >= 1 && day <= (monthDays[month - 1] ?? 0);
}

/** Whether `YYMMDD` stands at `from`. */
export function isShortDate(text: string, from = 0): boolean {
	return isDayOfMonth(numberAt(text, from + 2), numberAt(text, from + 4));
}

/** The two-digit number at `at`. */
export function numberAt(text: string, at: number): number {
	return digitAt(text, at) * 10 + digitAt(text, at + 1);
}
