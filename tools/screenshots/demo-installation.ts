import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { AdminClient } from "../../e2e/support/admin-client.ts";
import { createAdminClient, signIn } from "../../e2e/support/admin-client.ts";
import type { RunningServer } from "../../e2e/support/running-server.ts";
import { startServer } from "../../e2e/support/running-server.ts";
import { startEmbeddedPostgres } from "../../lib/server/database/embedded-postgres.ts";
import { insertLines } from "../../lib/server/journal/insert-lines.ts";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../proxy-core/pricing/price-catalogue.ts";
import { sendOneOfEach, sendTraffic } from "../simulate/traffic.ts";
import { sendAttacks } from "../simulate-attacks/send-attacks.ts";
import { addBudgets } from "./demo-budgets.ts";
import { addRoutes } from "./demo-routes.ts";
import type { HistoryKey } from "./history.ts";
import { makeHistory } from "./history.ts";

export interface DemoInstallation {
	readonly server: RunningServer;
	readonly admin: AdminClient;
	readonly stop: () => Promise<void>;
}

const person = { email: "demo-admin@example.test", password: "a demo password, not a secret" };
const teams = ["Demo Support", "Demo Research", "Demo Platform"] as const;
const demoKeys = [
	{ name: "Demo chatbot", team: 0, weight: 45, requestsPerMinute: null },
	{ name: "Demo ticket triage", team: 0, weight: 20, requestsPerMinute: 1200 },
	{ name: "Demo evaluation runs", team: 1, weight: 20, requestsPerMinute: null },
	{ name: "Demo CI", team: 2, weight: 10, requestsPerMinute: 60 },
	{ name: "Demo retired prototype", team: 1, weight: 5, requestsPerMinute: null },
] as const;
const demoPeople = [
	{ name: "Demo Operator", role: "operator" },
	{ name: "Demo Developer", role: "user" },
	{ name: "Demo Auditor", role: "viewer" },
] as const;
const batchSize = 500;

/** The real server with a month of made-up history and some minutes of simulated traffic. */
export async function startDemoInstallation(dataDir: string): Promise<DemoInstallation> {
	const postgres = await startEmbeddedPostgres({
		dataDir: join(dataDir, "postgres"),
		log: () => {},
	});
	const server = await startServer({
		dataDir,
		startTimeoutMs: 120_000,
		env: {
			DATABASE_URL: postgres.url,
			LLMPROXY_ADMIN_EMAIL: person.email,
			LLMPROXY_ADMIN_PASSWORD: person.password,
			LLMPROXY_PUBLIC_URL: "http://localhost:8090",
			// Made-up attackers have addresses of their own.
			LLMPROXY_TRUSTED_PROXIES: "127.0.0.1",
		},
	}).catch(async (error: unknown) => {
		await postgres.stop();
		throw error;
	});
	const stop = async () => {
		await server.stop();
		await postgres.stop();
	};
	try {
		const admin = createAdminClient(server.url, (await signIn(server.url, person)).cookie);
		await addProviders(admin);
		const made = await addKeys(admin);
		await insertHistory(postgres.url, admin, made);
		await simulate(server, admin, made);
		await addRoutes(admin, server.url, made[0].token);
		return { server, admin, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface MadeKey extends HistoryKey {
	readonly token: string;
}

async function addProviders(admin: AdminClient): Promise<void> {
	for (const [id, title, models] of [
		["openai", "OpenAI", ["gpt-5", "gpt-5-mini"]],
		["anthropic", "Anthropic", ["claude-sonnet-4-5", "claude-haiku-4-5"]],
	] as const) {
		const settings = { apiKey: "demo-credential-that-opens-nothing" };
		await admin.call("POST", "/api/v1/providers", { id, kind: id, title, settings, models });
	}
}

async function addKeys(admin: AdminClient): Promise<readonly [MadeKey, ...MadeKey[]]> {
	const teamIds: string[] = [];
	for (const name of teams) {
		teamIds.push((await admin.call<{ id: string }>("POST", "/api/v1/teams", { name })).id);
	}
	for (const { name, role } of demoPeople) {
		const email = `${name.toLowerCase().replace(" ", "-")}@example.test`;
		await admin.call("POST", "/api/v1/users", { email, name, role, password: person.password });
	}
	const made: MadeKey[] = [];
	for (const { name, team, weight, requestsPerMinute } of demoKeys) {
		const teamId = teamIds[team] ?? null;
		const created = await admin.call<{ key: { id: string }; token: string }>(
			"POST",
			"/api/v1/keys",
			{ name, teamId, requestsPerMinute },
		);
		made.push({ id: created.key.id, token: created.token, teamId, weight });
	}
	const [first, ...others] = made;
	if (first === undefined) throw new Error("No key was made.");
	return [first, ...others];
}

/** Through the statement by which the journal's lines enter the ledger. */
async function insertHistory(
	databaseUrl: string,
	admin: AdminClient,
	keys: readonly [HistoryKey, ...HistoryKey[]],
): Promise<void> {
	const prices = createPriceCatalogue(readShippedPrices());
	const history = makeHistory({ keys, prices, days: 30, requestsPerHour: 60, now: Date.now() });
	const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
	try {
		const made = await admin.call<{ items: readonly { id: string; name: string }[] }>(
			"GET",
			"/api/v1/teams",
		);
		const chargesOf = await addBudgets({ admin, pool, history, teams: made.items });
		for (let at = 0; at < history.length; at += batchSize) {
			const lines = history
				.slice(at, at + batchSize)
				.map((record) => JSON.stringify({ ...record, charges: chargesOf(record) }));
			await insertLines(pool, lines);
		}
	} finally {
		await pool.end();
	}
}

async function simulate(
	{ url }: RunningServer,
	admin: AdminClient,
	[first, ...others]: readonly [MadeKey, ...MadeKey[]],
): Promise<void> {
	let answered = 0;
	const retired = others.at(-1);
	const active = others.slice(0, -1).map(({ token }) => token);
	const sending = {
		url,
		keys: [first.token, ...active],
		onAnswer: () => {
			answered += 1;
		},
	} as const;
	await sendTraffic({ ...sending, durationMs: 15_000, rate: 12 });
	await sendOneOfEach(sending);
	await sendAttacks({
		...sending,
		durationMs: 20_000,
		requestsMax: 120,
		rate: 8,
		isForwarded: true,
	});
	if (retired !== undefined) await admin.call("POST", `/api/v1/keys/${retired.id}/revoke`, {});
	await admin.call("POST", "/api/v1/providers/simulator/check", {});
	// The journal is shipped a moment after the last answer.
	for (let tries = 0; tries < 100; tries += 1) {
		const { current } = await admin.call<{ current: { requests: number } }>(
			"GET",
			"/api/v1/overview?range=15m",
		);
		if (current.requests >= answered) return;
		await sleep(200);
	}
}
