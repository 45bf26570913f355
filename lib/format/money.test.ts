import { describe, expect, test } from "vitest";
import { formatMoney, formatMoneyCompact } from "./money.ts";

describe("money", () => {
	test.each([
		[0, "$0.00"],
		[1, "$0.000001"],
		[21, "$0.000021"],
		[1200, "$0.0012"],
		[12_345, "$0.012"],
		[50_000, "$0.05"],
		[100_000, "$0.10"],
		[999_000, "$1.00"],
		[48_220_000, "$48.22"],
		[1_234_560_000, "$1,234.56"],
		[-1200, "−$0.0012"],
	])("shows %i micro-dollars as %s", (microUsd, text) => {
		expect(formatMoney(microUsd)).toBe(text);
	});

	test("never shows a cost that is there as nothing", () => {
		for (let microUsd = 1; microUsd < 1_000_000; microUsd = microUsd * 3 + 1) {
			expect(formatMoney(microUsd)).toMatch(/[1-9]/);
		}
	});

	test("is short on axes", () => {
		expect(formatMoneyCompact(12_345_000_000)).toBe("$12.3k");
		expect(formatMoneyCompact(1200)).toBe("$0.0012");
	});
});
