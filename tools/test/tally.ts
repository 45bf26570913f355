import { z } from "zod";

export interface Tally {
	readonly passed: number;
	readonly failed: number;
}

const vitestReportSchema = z.object({
	testResults: z.array(
		z.object({
			status: z.string(),
			assertionResults: z.array(z.object({ status: z.string() })),
		}),
	),
});

const playwrightReportSchema = z.object({
	stats: z.object({
		expected: z.number(),
		unexpected: z.number(),
		flaky: z.number(),
		skipped: z.number(),
	}),
	errors: z.array(z.unknown()),
});

/**
 * Counts a run of vitest. A file that could not be loaded counts as one failure, and so does a test
 * that was skipped: what did not run proves nothing.
 */
export function tallyVitest(report: unknown, exitedWell: boolean): Tally {
	const { testResults } = vitestReportSchema.parse(report);
	const tests = testResults.flatMap((file) => file.assertionResults);
	const passed = tests.filter((test) => test.status === "passed").length;
	const unloaded = testResults.filter(
		(file) => file.assertionResults.length === 0 && file.status !== "passed",
	).length;
	return settle({ passed, failed: tests.length - passed + unloaded, exitedWell });
}

/** Counts a run of Playwright. A flaky test is a failing one. */
export function tallyPlaywright(report: unknown, exitedWell: boolean): Tally {
	const { stats, errors } = playwrightReportSchema.parse(report);
	const failed = stats.unexpected + stats.flaky + stats.skipped + errors.length;
	return settle({ passed: stats.expected, failed, exitedWell });
}

/** A runner that ended badly without naming a failure, or ran nothing at all, has failed as a whole. */
function settle({ passed, failed, exitedWell }: Tally & { readonly exitedWell: boolean }): Tally {
	if (failed === 0 && (!exitedWell || passed === 0)) return { passed, failed: 1 };
	return { passed, failed };
}
