import type { CountryCode } from "libphonenumber-js/min";
import metadata from "libphonenumber-js/min/metadata";

/** What a numbering plan says of a number; where it is "unclear" only the library can tell. */
export type PlanVerdict = "valid" | "invalid" | "unclear";

/** Numbering plans of all countries, compiled from the library's own data. */
export interface PhonePlans {
	/** Digits behind the plus, calling code first. */
	readonly international: (digits: string) => PlanVerdict;
	/** Digits as they are dialled within a country. */
	readonly national: (digits: string, country: CountryCode) => PlanVerdict;
}

/** Where the data of the minified plan stand, in version 4 of the format. */
const place = {
	internationalPrefix: 1,
	pattern: 2,
	lengths: 3,
	prefix: 5,
	prefixPattern: 7,
	transform: 8,
	types: 11,
};
const version = 4;
const callingCodeLengthMax = 3;

/** How many of the digits are the prefix; 0 when there is none. */
type Prefix = (digits: string) => number;

interface Plan {
	readonly callingCode: string;
	readonly internationalPrefix: Prefix;
	readonly pattern: RegExp;
	/** A bit for each length that a number may have. */
	readonly lengths: number;
	/** What is dialled before the number within the country. */
	readonly prefix: Prefix;
	/** Whether some prefixes are exchanged for other digits, or each kind of number has a pattern of its own. */
	readonly isIntricate: boolean;
}

/** Throws when the library keeps its data in another way than this reads it. */
export function readPhonePlans(): PhonePlans {
	if (metadata.version !== version) {
		throw new Error(`Numbering plans are of format ${metadata.version} instead of ${version}.`);
	}
	const plans = new Map<string, Plan>();
	for (const [country, fields] of Object.entries(metadata.countries))
		plans.set(country, planOf(fields));
	for (const [code, fields] of Object.entries(metadata.nonGeographic))
		plans.set(code, planOf(fields));
	const byCode = new Map<string, readonly Plan[]>();
	const codes = Object.entries<readonly string[]>(metadata.country_calling_codes);
	for (const [code, countries] of [...codes, ...Object.keys(metadata.nonGeographic).map(alone)]) {
		byCode.set(
			code,
			countries.flatMap((country) => plans.get(country) ?? []),
		);
	}
	return {
		international(digits) {
			if (digits.startsWith("0")) return "invalid";
			for (let length = 1; length <= callingCodeLengthMax; length += 1) {
				const sharing = byCode.get(digits.slice(0, length));
				if (sharing !== undefined) return judge(digits.slice(length), sharing[0], sharing);
			}
			return "invalid";
		},
		national(digits, country) {
			const plan = plans.get(country);
			if (plan === undefined || digits.startsWith(plan.callingCode)) return "unclear";
			if (plan.internationalPrefix(digits) > 0) return "unclear";
			return judge(digits, plan, byCode.get(plan.callingCode) ?? [plan]);
		},
	};
}

function alone(code: string): readonly [string, readonly string[]] {
	return [code, [code]];
}

function planOf(fields: readonly unknown[]): Plan {
	const text = (index: number): string => {
		const field = fields[index];
		return typeof field === "string" ? field : "";
	};
	const lengths = fields[place.lengths];
	return {
		callingCode: text(0),
		internationalPrefix: prefixOf(text(place.internationalPrefix)),
		pattern: new RegExp(`^(?:${text(place.pattern)})$`),
		lengths: (Array.isArray(lengths) ? lengths : []).reduce(
			(bits, length) => bits | (1 << length),
			0,
		),
		prefix: prefixOf(text(place.prefixPattern) || text(place.prefix)),
		isIntricate: text(place.transform) !== "" || Array.isArray(fields[place.types]),
	};
}

function prefixOf(pattern: string): Prefix {
	if (pattern === "") return () => 0;
	if (/^\d+$/.test(pattern)) return (digits) => (digits.startsWith(pattern) ? pattern.length : 0);
	const compiled = new RegExp(`^(?:${pattern})`);
	return (digits) => compiled.exec(digits)?.[0].length ?? 0;
}

/** `own` says which prefix is taken off; of several plans the library chooses the one that counts. */
function judge(digits: string, own: Plan | undefined, sharing: readonly Plan[]): PlanVerdict {
	if (own === undefined || own.isIntricate) return "unclear";
	const prefixLength = own.prefix(digits);
	const bare = digits.slice(prefixLength);
	for (const plan of sharing) {
		if (!fits(plan, digits) && (prefixLength === 0 || !fits(plan, bare))) continue;
		return sharing.length === 1 ? "valid" : "unclear";
	}
	return "invalid";
}

function fits({ pattern, lengths }: Plan, digits: string): boolean {
	return ((lengths >>> digits.length) & 1) === 1 && pattern.test(digits);
}
