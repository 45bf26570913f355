import { describe, expect, test } from "vitest";
import {
	describeStep,
	formatBytes,
	formatCompact,
	formatCount,
	formatDuration,
	formatQuantity,
	formatShare,
} from "./numbers.ts";

describe("numbers", () => {
	test.each([
		[0.4218, "0.42 ms"],
		[12.4, "12 ms"],
		[999.4, "999 ms"],
		[1240, "1.24 s"],
		[59_994, "59.99 s"],
		[125_000, "2 min 5 s"],
		[120_000, "2 min"],
		[3_600_000, "1 h"],
		[5_400_000, "1 h 30 min"],
	])("shows %d milliseconds as %s", (ms, text) => {
		expect(formatDuration(ms)).toBe(text);
	});

	test("shows counts in full and shortens only large ones for axes", () => {
		expect(formatCount(1_234_567)).toBe("1,234,567");
		expect(formatCompact(9999)).toBe("9,999");
		expect(formatCompact(14_203)).toBe("14.2k");
		expect(formatCompact(4_500_000)).toBe("4.5M");
	});

	test("does not round a small share away", () => {
		expect(formatShare(0)).toBe("0 %");
		expect(formatShare(0.0002)).toBe("< 0.1 %");
		expect(formatShare(0.042)).toBe("4.2 %");
		expect(formatShare(0.42)).toBe("42 %");
		expect(formatShare(1)).toBe("100 %");
	});

	test("shows bytes in binary units", () => {
		expect(formatBytes(512)).toBe("512 B");
		expect(formatBytes(20_971_520)).toBe("20 MiB");
	});

	test("puts the noun in the right number", () => {
		expect(formatQuantity(1, "key")).toBe("1 key");
		expect(formatQuantity(0, "key")).toBe("0 keys");
		expect(formatQuantity(2, "entry", "entries")).toBe("2 entries");
	});
});

describe("describeStep", () => {
	test.each([
		[1, "per second"],
		[15, "per 15 s"],
		[60, "per minute"],
		[300, "per 5 min"],
		[3600, "per hour"],
		[21_600, "per 6 h"],
		[86_400, "per day"],
		[90, "per 90 s"],
	])("says how long %i seconds are", (seconds, words) => {
		expect(describeStep(seconds)).toBe(words);
	});
});
