import { defineConfig } from "vitest/config";

const databaseTests = "**/*.db.test.{ts,tsx}";
const gatewayTests = "**/{gateway,*.gateway}.test.ts";
const architectureTests = "**/architecture.test.ts";
const everywhere = ["app", "bench", "components", "lib", "prisma", "proxy-core", "tools"];
const inSources = everywhere.map((folder) => `${folder}/**/*.test.{ts,tsx}`);
// What is waited for comes late on a busy machine, and waiting longer costs nothing when it is there.
const patient = { expect: { poll: { timeout: 10_000 } } };
const withDatabase = {
	...patient,
	globalSetup: ["tools/test/start-database.ts"],
	testTimeout: 60_000,
};

export default defineConfig({
	test: {
		// Tests that start servers share two processor cores with everything else on a small machine.
		maxWorkers: 2,
		hookTimeout: 60_000,
		projects: [
			{
				test: {
					name: "unit",
					// Property tests run some thousand cases, and the machine may be busy with the others.
					testTimeout: 30_000,
					...patient,
					// The set-up runs before TypeScript can, and so do its tests.
					include: [...inSources, "tools/setup/*.test.mjs"],
					exclude: [databaseTests, gatewayTests, architectureTests, "**/node_modules/**"],
				},
			},
			{ test: { name: "database", include: [databaseTests], ...withDatabase } },
			{ test: { name: "gateway", include: [gatewayTests], ...withDatabase } },
			{ test: { name: "architecture", include: [architectureTests] } },
		],
	},
});
