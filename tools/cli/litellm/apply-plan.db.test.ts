import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedEnvironment } from "../../../lib/server/configuration/seed-environment.ts";
import { openSettings } from "../../../lib/server/configuration/upstream-secrets.ts";
import type { ServiceRuntime } from "../../../lib/server/services/__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "../../../lib/server/services/__fixtures__/service-runtime.ts";
import { hashToken, keyIdOf } from "../../../proxy-core/keys/key-token.ts";
import { companyConfig, companyVariables, planText } from "./__fixtures__/plan-text.ts";
import { applyPlan, readExisting } from "./apply-plan.ts";
import type { PlanInput } from "./plan.ts";
import { readKeyExport } from "./plan-keys.ts";

const knownToken = "sk-abcdefghijklmnopqrstuv";
const keys = readKeyExport(
	JSON.stringify([
		{ token: "ab".repeat(32), key_alias: "shop", team_alias: "Shop", rpm_limit: 60, max_budget: 5 },
		{ key: knownToken, key_alias: "bot", models: ["claude"] },
	]),
);

describe("an import", () => {
	let system: ServiceRuntime;
	beforeAll(async () => {
		system = await startServiceRuntime();
	});
	afterAll(() => system.stop());

	const run = async (text = companyConfig, changes: Partial<PlanInput> = {}) => {
		const existing = await readExisting(system);
		const given = { environment: companyVariables, keys, existing, ...changes };
		const applied = await applyPlan(planText(text, given), system);
		await system.configuration.reload();
		return applied;
	};

	it("puts providers, routes, prices, budgets, keys and settings in force", async () => {
		const { tallies, kept, issued } = await run();
		expect(kept).toEqual([]);
		expect(tallies["providers"]).toEqual({ created: 4, updated: 0, unchanged: 0 });
		const snapshot = system.configuration.current();
		expect(system.configuration.problems()).toEqual([]);
		expect(snapshot.routes.get("gpt-4o")).toMatchObject({
			strategy: "weighted",
			fallbacks: { error: ["claude"] },
		});
		expect(snapshot.targets.get("azure/acme-4o")?.price?.inputMicroUsd).toBe(2_500_000);
		expect(snapshot.targets.get("openai/gpt-4o")?.timeouts.totalMs).toBe(45_000);
		expect(snapshot.settings).toMatchObject({
			routing: { retries: 3, failuresToOpen: 3, openMs: 30_000 },
			timeouts: { totalMs: 60_000 },
			cache: { mode: "on", ttlSeconds: 600 },
		});
		expect(snapshot.keys.get(keyIdOf(knownToken) ?? "")).toMatchObject({
			secretHash: hashToken(knownToken),
			allowedModels: ["claude"],
		});
		expect(issued).toMatchObject([{ name: "shop" }]);
		const token = issued[0]?.token ?? "";
		expect(snapshot.keys.get(keyIdOf(token) ?? "")).toMatchObject({
			secretHash: hashToken(token),
			requestsPerMinute: 60,
		});
	});

	it("keeps credentials sealed", async () => {
		const row = await system.prisma.upstream.findUniqueOrThrow({ where: { id: "azure" } });
		expect(JSON.stringify(row.settings)).not.toContain("azure-key");
		expect(row.origin).toBe("import");
		expect(openSettings(system.secretBox, row).secrets).toEqual({ apiKey: "azure-key" });
	});

	it("changes nothing the second time, and issues no key again", async () => {
		const before = system.configuration.current().version;
		const { tallies, issued, kept } = await run();
		for (const [what, { created, updated }] of Object.entries(tallies)) {
			expect([what, created, updated]).toEqual([what, 0, 0]);
		}
		expect(issued).toEqual([]);
		expect(kept).toEqual([]);
		expect(system.configuration.current().version).toBe(before);
	});

	it("brings up to date what the file says differently", async () => {
		const text = companyConfig
			.replace("rpm: 600", "rpm: 100")
			.replace("max_budget: 1000", "max_budget: 2000")
			.replace("num_retries: 3", "num_retries: 1");
		const { tallies } = await run(text, {
			environment: { ...companyVariables, AZURE_EU_KEY: "a-new-key" },
		});
		expect(tallies["providers"]).toEqual({ created: 0, updated: 1, unchanged: 3 });
		expect(tallies["routes"]).toMatchObject({ created: 0, updated: 2 });
		expect(tallies["budgets and limits"]).toMatchObject({ created: 0, updated: 1 });
		const row = await system.prisma.upstream.findUniqueOrThrow({ where: { id: "azure" } });
		expect(openSettings(system.secretBox, row).secrets).toEqual({ apiKey: "a-new-key" });
		expect(system.configuration.current().settings.routing.retries).toBe(1);
		const changes = await system.prisma.quotaChange.findMany({ where: { action: "changed" } });
		expect(changes).toMatchObject([{ changedBy: "LiteLLM import" }]);
	});

	it("outlives starts whose environment names a provider of the same name, or no longer does", async () => {
		const openai = { id: "openai", kind: "openai", settings: { apiKey: "sk-x" }, models: [] };
		for (const providers of [[openai], []]) {
			const environment = { apiKeys: [], providers, ollamaUrl: undefined };
			await seedEnvironment({ ...system, environment });
			const row = await system.prisma.upstream.findUniqueOrThrow({ where: { id: "openai" } });
			expect(row.origin).toBe("import");
			expect(openSettings(system.secretBox, row).secrets).toEqual({ apiKey: "sk-openai" });
		}
	});

	it("leaves what people made or changed as it is, and says so", async () => {
		await system.prisma.route.update({
			where: { name: "embed" },
			data: { description: "Ours now", isSticky: true },
		});
		await system.prisma.quota.updateMany({
			where: { scope: "tag" },
			data: { archivedAt: new Date() },
		});
		await system.prisma.priceOverride.updateMany({
			where: { place: "azure", revokedAt: null },
			data: { changedBy: "a@example.com", price: { inputMicroUsd: 1, outputMicroUsd: 1 } },
		});
		const { kept } = await run();
		expect(kept.toSorted()).toEqual([
			"The budget Tag product:chat (LiteLLM): it was archived in the console.",
			"The price of azure/acme-4o: a@example.com set another one.",
			"The route embed: it was made in the console.",
		]);
		expect(system.configuration.current().routes.get("embed")?.isSticky).toBe(true);
	});
});
