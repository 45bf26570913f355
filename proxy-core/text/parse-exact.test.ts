import fc from "fast-check";
import { expect, it } from "vitest";
import { parseExact } from "./parse-exact.ts";

it("keeps the digits of numbers that a double would change", () => {
	const text = '{"id":12345678901234567890,"list":[1e400,1.0,2],"text":"1e400"}';
	expect(JSON.stringify(parseExact(text))).toBe(text);
});

it("writes what JSON.stringify wrote, for any document", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify(value);
			expect(JSON.stringify(parseExact(text))).toBe(text);
		}),
	);
});
