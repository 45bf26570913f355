import { join } from "node:path";

export interface Step {
	readonly name: string;
	/** `check` steps count as one test each; the runners report how many tests they ran. */
	readonly kind: "check" | "vitest" | "playwright";
	/** A script that the project's own Node runs, with its arguments. */
	readonly script: string;
	readonly args: readonly string[];
	readonly timeoutMs: number;
	/** Where a runner leaves its result as JSON. */
	readonly report?: string;
}

const minute = 60_000;
export const reportDir = ".cache/test";
const vitestReport = join(reportDir, "vitest.json");
export const playwrightReport = join(reportDir, "playwright.json");

/** Everything that `npm test` runs, from cheap to dear. */
export const steps: readonly Step[] = [
	check("biome", "@biomejs/biome/bin/biome", "check", "--colors=off", "."),
	check("tsc", "typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit"),
	check(
		"dependency-cruiser",
		"dependency-cruiser/bin/dependency-cruiser.mjs",
		...["--config", ".dependency-cruiser.cjs"],
		...["server.ts", "app", "components", "lib", "proxy-core", "prisma", "tools", "e2e", "bench"],
	),
	check("knip", "knip/bin/knip.js"),
	own("reference", "tools/reference/generate.ts", "--check"),
	own("client-bundle", "tools/check/client-bundle.ts"),
	own("migrations", "prisma/diff.ts", "--check"),
	{
		name: "vitest",
		kind: "vitest",
		script: "node_modules/vitest/vitest.mjs",
		args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
		timeoutMs: 20 * minute,
		report: vitestReport,
	},
	{
		name: "e2e",
		kind: "playwright",
		script: "node_modules/@playwright/test/cli.js",
		args: ["test", "--reporter=list,json"],
		timeoutMs: 20 * minute,
		report: playwrightReport,
	},
];

function check(name: string, script: string, ...args: readonly string[]): Step {
	return own(name, join("node_modules", script), ...args);
}

function own(name: string, script: string, ...args: readonly string[]): Step {
	return { name, kind: "check", script, args, timeoutMs: 5 * minute };
}
