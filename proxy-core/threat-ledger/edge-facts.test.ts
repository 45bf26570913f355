import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allEdgeHeaders } from "../contract/edge-headers.ts";
import { readEdgeFacts } from "./edge-facts.ts";

describe("readEdgeFacts", () => {
	it("reads fingerprint, country and score, whichever edge says them", () => {
		expect(
			readEdgeFacts({
				"cf-ja4": "t13d1516h2_8daaf6152771_b186095e22b6",
				"cf-ipcountry": "at",
				"x-edge99-threat-score": "80",
			}),
		).toEqual({
			fingerprint: "ja4:t13d1516h2_8daaf6152771_b186095e22b6",
			country: "AT",
			score: 0.8,
		});
		const ja3 = "e7d705a3286e19ea42f587b344ee6865";
		expect(readEdgeFacts({ "x-ja3-hash": ja3 }).fingerprint).toBe(`ja3:${ja3}`);
	});

	it("stays within bounds, whatever the headers hold", () => {
		const headers = fc.dictionary(
			fc.constantFrom(...allEdgeHeaders),
			fc.string({ maxLength: 300 }),
		);
		fc.assert(
			fc.property(headers, (said) => {
				const { fingerprint = "ja3:12345678", country = "AT", score } = readEdgeFacts(said);
				expect(fingerprint).toMatch(/^ja[34]:[\x21-\x7e]{8,200}$/);
				expect(country).toMatch(/^[A-Z]{2}$/);
				expect(score >= 0 && score <= 1).toBe(true);
			}),
		);
	});
});
