import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import type { BudgetInput } from "../lib/contracts/budgets.ts";
import { budgetInput } from "../lib/contracts/budgets.ts";
import { routeInput } from "../lib/contracts/routes.ts";
import { setPriceOverride } from "../lib/server/repositories/price-overrides.ts";
import { createQuota } from "../lib/server/repositories/quotas.ts";
import { createRoute } from "../lib/server/repositories/routes.ts";
import { appendSettings } from "../lib/server/repositories/settings.ts";
import { createTeam } from "../lib/server/repositories/teams.ts";
import { PrismaClient } from "../prisma/generated/client.ts";
import { settingsSchema } from "../proxy-core/contract/settings.ts";
import { guards } from "../proxy-core/guards/registry.ts";
import { hashToken, keyIdOf } from "../proxy-core/keys/key-token.ts";
import { benchKey } from "./start-gateway.ts";
import { modelName } from "./workload/texts.ts";

/** Each group of two targets is a route: what is in front of the slash in the names that callers send. */
export const groups = {
	chat: ["openai-one", "openai-two"],
	claude: ["claude-one", "claude-two"],
} as const;

export const organisationBudget = "Organisation";
const microUsdPerUsd = 1_000_000;

/** All layers of security at once: off, or each of them in force. */
export type SecurityLevel = "off" | "enforce";

function securityAt(mode: SecurityLevel) {
	return {
		guards: Object.fromEntries(guards.map(({ id }) => [id, { mode }])),
		firewall: { mode },
		privacy: { mode },
		threats: { mode },
		shield: { trajectory: { mode } },
	};
}

/** No security but the guard that keeps leaked credentials in; limits lifted. */
export async function keepOneGuard(database: pg.Pool): Promise<void> {
	const prisma = new PrismaClient({ adapter: new PrismaPg(database) });
	const off = securityAt("off");
	const guard = { "secret-leak": { mode: "enforce" } };
	const settings = settingsSchema.parse({
		limits: { keyRequestsPerMinute: 0, ipRequestsPerMinute: 0 },
		...off,
		guards: { ...off.guards, ...guard },
	});
	await appendSettings(prisma, { next: () => settings, changedBy: "bench" });
	await prisma.$disconnect();
}

/**
 * Everything that a request can be counted, routed and remembered by, switched on: two groups of two
 * targets (smart score, sticky, retries), a price, budgets of the month for organisation, team and key,
 * limits on requests, tokens and requests at once, answers kept in memory. No limit is ever reached, but
 * none is so far away that a node would never ask for another share of it.
 */
export async function switchDataPlaneOn(database: pg.Pool, security: SecurityLevel): Promise<void> {
	const prisma = new PrismaClient({ adapter: new PrismaPg(database) });
	const settings = settingsSchema.parse({
		limits: {
			keyRequestsPerMinute: 2_000_000,
			ipRequestsPerMinute: 4_000_000,
			keyParallelRequests: 5_000,
		},
		cache: { mode: "on" },
		...securityAt(security),
	});
	await appendSettings(prisma, { next: () => settings, changedBy: "bench" });
	await storePrices(prisma);
	await storeRoutes(prisma);
	const teamId = (await createTeam(prisma, "Bench"))?.id ?? "";
	const keyId = keyIdOf(benchKey) ?? "";
	// The start finds this row under the token's id and leaves its team as it is.
	await prisma.apiKey.create({
		data: { id: keyId, name: "bench", secretHash: hashToken(benchKey), teamId },
	});
	await storeBudgets(prisma, { teamId, keyId });
	await prisma.$disconnect();
}

async function storePrices(prisma: PrismaClient): Promise<void> {
	for (const place of ["openai", "anthropic"]) {
		await setPriceOverride(prisma, {
			scope: "kind",
			place,
			model: modelName,
			price: { inputMicroUsd: 150_000, outputMicroUsd: 600_000 },
			note: "",
			changedBy: "bench",
		});
	}
}

async function storeRoutes(prisma: PrismaClient): Promise<void> {
	for (const [group, providers] of Object.entries(groups)) {
		const route = routeInput.parse({
			name: `${group}/${modelName}`,
			strategy: "smart",
			isSticky: true,
			retries: 2,
			entries: providers.map((provider) => ({ target: `${provider}/${modelName}` })),
		});
		await createRoute(prisma, route);
	}
}

async function storeBudgets(
	prisma: PrismaClient,
	{ teamId, keyId }: { readonly teamId: string; readonly keyId: string },
): Promise<void> {
	const ofKey = { scope: "key", subject: keyId } as const;
	const wanted: readonly Partial<BudgetInput>[] = [
		{ title: organisationBudget, scope: "organisation", hardLimit: 100_000 * microUsdPerUsd },
		{ title: "Team", scope: "team", subject: teamId, hardLimit: 50_000 * microUsdPerUsd },
		{ title: "Key", ...ofKey, hardLimit: 20_000 * microUsdPerUsd },
		{ title: "Tokens", ...ofKey, unit: "tokens", window: "minute", hardLimit: 10_000_000_000 },
	];
	for (const input of wanted) {
		const { hardLimit, softLimit, ...budget } = budgetInput.parse(input);
		const limits = {
			hardLimit: BigInt(hardLimit),
			softLimit: softLimit === null ? null : BigInt(softLimit),
		};
		await createQuota(prisma, { ...budget, ...limits }, "bench");
	}
}
