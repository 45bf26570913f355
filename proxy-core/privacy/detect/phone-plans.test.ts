import fc from "fast-check";
import type { CountryCode } from "libphonenumber-js/min";
import {
	getCountries,
	getCountryCallingCode,
	parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import { describe, expect, test } from "vitest";
import { readPhonePlans } from "./phone-plans.ts";

const plans = readPhonePlans();

/** How the library tells; undefined where the plans leave it to the library. */
function agreed(verdict: string, text: string, country?: CountryCode): boolean | undefined {
	if (verdict === "unclear") return undefined;
	const isValid = parsePhoneNumberFromString(text, country)?.isValid() === true;
	return (verdict === "valid") === isValid;
}

const digits = fc.stringMatching(/^\d{3,13}$/);
const country = fc.constantFrom(...getCountries());

describe("the numbering plans", () => {
	test("say of a number with its calling code what the library says, or leave it to the library", () => {
		fc.assert(
			fc.property(country, fc.constantFrom("", "0", "1", "8"), digits, (from, prefix, number) => {
				const dialled = `${getCountryCallingCode(from)}${prefix}${number}`;
				expect(agreed(plans.international(dialled), `+${dialled}`), dialled).not.toBe(false);
			}),
			{ numRuns: 2000 },
		);
	});

	test("say of a number within its country what the library says, or leave it to the library", () => {
		fc.assert(
			fc.property(country, fc.constantFrom("", "0", "00", "8"), digits, (from, prefix, number) => {
				const dialled = `${prefix}${number}`;
				const verdict = plans.national(dialled, from);
				expect(agreed(verdict, dialled, from), `${from} ${dialled}`).not.toBe(false);
			}),
			{ numRuns: 2000 },
		);
	});

	test("know most numbers without it", () => {
		expect(plans.international("49301234567")).toBe("valid");
		expect(plans.international("4930")).toBe("invalid");
		expect(plans.international("0301234567")).toBe("invalid");
		expect(plans.international("12125550143")).toBe("unclear");
		expect(plans.national("0123456789", "FR")).toBe("valid");
		expect(plans.national("012345678", "FR")).toBe("invalid");
	});
});
