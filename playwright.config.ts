import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const systemChromium = "/usr/bin/chromium";
const hasSystemChromium = existsSync(systemChromium);

export default defineConfig({
	testDir: "e2e",
	// Vitest runs the rest of the folder.
	testMatch: "**/*.spec.ts",
	// Each spec starts a server of its own; several at once would only slow one another down.
	workers: 1,
	fullyParallel: false,
	forbidOnly: true,
	retries: 0,
	timeout: 120_000,
	expect: { timeout: 15_000 },
	reporter: [["list"]],
	outputDir: "test-results",
	use: {
		browserName: "chromium",
		actionTimeout: 30_000,
		viewport: { width: 1440, height: 900 },
		screenshot: "only-on-failure",
		trace: "retain-on-failure",
		launchOptions: {
			...(hasSystemChromium ? { executablePath: systemChromium } : {}),
			args: [
				"--no-sandbox",
				"--disable-gpu",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
				"--no-first-run",
			],
		},
	},
});
