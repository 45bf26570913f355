import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSum } from "./exact-sum.ts";

describe("an exact sum", () => {
	test("is what whole numbers of any size give", () => {
		const amount = fc.oneof(fc.nat(1000), fc.nat(2_000_000_000), fc.maxSafeNat());
		const term = fc.tuple(amount, fc.nat(2_000_000_000), fc.constantFrom(3, 50, 3000, 3_000_000));
		fc.assert(
			fc.property(
				fc.array(term, { maxLength: 6 }),
				fc.constantFrom(1, 7, 3_000_000),
				(terms, by) => {
					const sum = new ExactSum();
					let exact = 0n;
					for (const [count, rate, unit] of terms) {
						sum.add(count, rate, unit);
						exact += BigInt(count) * BigInt(rate) * BigInt(unit);
					}
					expect(sum.dividedUp(by)).toBe(Number((exact + BigInt(by) - 1n) / BigInt(by)));
				},
			),
			{ numRuns: 2000 },
		);
	});

	test("does not round where doubles would", () => {
		const sum = new ExactSum();
		sum.add(Number.MAX_SAFE_INTEGER, 1, 1);
		sum.add(2, 1, 1);
		expect(sum.dividedUp(2)).toBe(2 ** 52 + 1);
	});
});
