import { defineConfig } from "vitest/config";

/** `npm run conformance:classifier`. Apart from `npm test`, because it installs half a gigabyte first. */
export default defineConfig({
	test: {
		name: "classifier",
		include: ["e2e/**/*.classifier.test.ts"],
		globalSetup: ["tools/test/start-database.ts", "tools/classifier/install-package.ts"],
		testTimeout: 120_000,
		hookTimeout: 120_000,
	},
});
