import { describe, expect, it } from "vitest";
import { tallyPlaywright, tallyVitest } from "./tally.ts";

const file = (...statuses: string[]) => ({
	status: statuses.every((status) => status === "passed") ? "passed" : "failed",
	assertionResults: statuses.map((status) => ({ status })),
});
const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };

describe("tallyVitest", () => {
	it("adds up the tests of every file", () => {
		const report = { testResults: [file("passed", "failed"), file("passed")] };
		expect(tallyVitest(report, false)).toEqual({ passed: 2, failed: 1 });
	});

	it("counts a skipped test as a failure", () => {
		expect(tallyVitest({ testResults: [file("passed", "skipped")] }, true)).toEqual({
			passed: 1,
			failed: 1,
		});
	});

	it("counts a file that could not be loaded as one failure", () => {
		const broken = { status: "failed", assertionResults: [] };
		expect(tallyVitest({ testResults: [file("passed"), broken] }, false).failed).toBe(1);
	});

	it("counts an error outside of any test as one failure", () => {
		expect(tallyVitest({ testResults: [file("passed")] }, false)).toEqual({ passed: 1, failed: 1 });
	});

	it("counts a run without tests as a failure", () => {
		expect(tallyVitest({ testResults: [] }, true)).toEqual({ passed: 0, failed: 1 });
	});
});

describe("tallyPlaywright", () => {
	it("counts unexpected, flaky and skipped tests as failures", () => {
		const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }, errors: [] };
		expect(tallyPlaywright(report, false)).toEqual({ passed: 5, failed: 6 });
	});

	it("counts an error outside of any test as a failure", () => {
		const report = { stats: { ...stats, expected: 2 }, errors: [{ message: "no such file" }] };
		expect(tallyPlaywright(report, false)).toEqual({ passed: 2, failed: 1 });
	});

	it("counts a run without tests as a failure", () => {
		expect(tallyPlaywright({ stats, errors: [] }, true)).toEqual({ passed: 0, failed: 1 });
	});
});
