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
	prefix: 5,
	prefixPattern: 7,
	transform: 8,
	types: 11,
};
const version = 4;
const callingCodeLengthMax = 3;

interface Plan {
	readonly callingCode: string;
	readonly internationalPrefix: RegExp;
	readonly pattern: RegExp;
	/** What is dialled before the number within the country. */
	readonly prefix: RegExp | undefined;
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
			if (plan.internationalPrefix.test(digits)) return "unclear";
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
	const prefix = text(place.prefixPattern) || text(place.prefix);
	return {
		callingCode: text(0),
		internationalPrefix: new RegExp(`^(?:${text(place.internationalPrefix)})`),
		pattern: new RegExp(`^(?:${text(place.pattern)})$`),
		prefix: prefix === "" ? undefined : new RegExp(`^(?:${prefix})`),
		isIntricate: text(place.transform) !== "" || Array.isArray(fields[place.types]),
	};
}

/** `own` says which prefix is taken off; of several plans the library chooses the one that counts. */
function judge(digits: string, own: Plan | undefined, sharing: readonly Plan[]): PlanVerdict {
	if (own === undefined || own.isIntricate) return "unclear";
	const prefix = own.prefix?.exec(digits)?.[0] ?? "";
	const bare = digits.slice(prefix.length);
	const fits = ({ pattern }: Plan): boolean =>
		pattern.test(digits) || (prefix !== "" && pattern.test(bare));
	if (!sharing.some(fits)) return "invalid";
	return sharing.length === 1 ? "valid" : "unclear";
}
