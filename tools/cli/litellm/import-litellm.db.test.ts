import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestDatabase } from "../../../lib/server/database/test-database.ts";
import { createTestDatabase } from "../../../lib/server/database/test-database.ts";
import type { Environment } from "../../../lib/server/env.ts";
import { readEnvironment } from "../../../lib/server/env.ts";
import { openInstallation, viewInstallation } from "../installation.ts";
import { companyConfig } from "./__fixtures__/plan-text.ts";
import { describeImport, importInto, readSources } from "./import-litellm.ts";

const projectDir = resolve(import.meta.dirname, "../../..");

describe("importing files into an installation", () => {
	let database: TestDatabase;
	let environment: Environment;
	const folder = mkdtempSync(join(tmpdir(), "llmproxy-import-"));
	const path = (name: string, text: string) => {
		writeFileSync(join(folder, name), text);
		return join(folder, name);
	};
	beforeAll(async () => {
		database = await createTestDatabase();
		environment = readEnvironment({
			DATABASE_URL: database.url,
			LLMPROXY_DATA_DIR: folder,
			OLLAMA_HOST: "off",
			OPENAI_API_KEY: "sk-openai",
		});
	});
	afterAll(async () => {
		await database.drop();
		rmSync(folder, { recursive: true, force: true });
	});

	const sources = () =>
		readSources(
			{
				configPath: path(
					"config.yaml",
					companyConfig.replace(
						"model_list:",
						"model_list:\n  - model_name: near\n    litellm_params: { model: hosted_vllm/qwen, api_base: 'http://10.1.2.3:8000/v1' }",
					),
				),
				keysPath: path(
					"keys.json",
					JSON.stringify([{ token: "cd".repeat(32), key_alias: "shop" }]),
				),
				envPath: path(".env", "AZURE_EU_KEY=azure-key\nOPENAI_KEY=overridden\n"),
				withMasterKey: false,
			},
			{ OPENAI_KEY: "sk-openai" },
		);

	async function run(): Promise<string> {
		const installation = await openInstallation(projectDir, environment);
		try {
			return await importInto(sources(), installation);
		} finally {
			await installation.close();
		}
	}

	it("tells beforehand what it would make, and makes nothing", async () => {
		const installation = await viewInstallation(environment);
		expect(installation).toBeDefined();
		if (installation === undefined) return;
		const report = await describeImport(sources(), environment, installation);
		expect(report).toContain("Nothing is changed (--dry-run)");
		expect(report).toContain("gpt-4o → azure/acme-4o ×600, openai/gpt-4o ×300 (weighted)");
		expect(await installation.prisma.upstream.count()).toBe(0);
		expect(await installation.prisma.route.count()).toBe(0);
		await installation.close();
	});

	it("tells what it made, what it could not, and each new key once; no credential", async () => {
		const first = await run();
		expect(first).toContain("providers: 5 created");
		expect(first).toMatch(/New keys, shown only this once:\n {2}shop {2}sk-llmproxy-/);
		expect(first).toContain("vllm: 10.1.2.3:8000 is private or local");
		expect(first).toMatch(/line \d+, general_settings\.master_key: people sign in/);
		const second = await run();
		expect(second).toContain("providers: 5 unchanged");
		expect(second).not.toContain("sk-llmproxy-");
		for (const secret of ["azure-key", "sk-openai", "sk-ant-1", "sk-a-master-key"]) {
			expect(first + second).not.toContain(secret);
		}
	});

	it("takes the id that the environment's provider of the same settings will have", async () => {
		const installation = await openInstallation(projectDir, environment);
		const ids = (await installation.prisma.upstream.findMany()).map(({ id }) => id);
		await installation.close();
		expect(ids.toSorted()).toEqual(["anthropic", "azure", "bedrock", "openai", "vllm"]);
	});
});
