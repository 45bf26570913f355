import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { createTestDatabase } from "../lib/server/database/test-database.ts";
import { keyIdOf } from "../proxy-core/keys/key-token.ts";
import { busyUsage, startBusyUpstream } from "./support/busy-upstream.ts";
import type { RunningServer } from "./support/running-server.ts";
import { newDataDir, removeDataDir, startServer } from "./support/running-server.ts";

/** One key for each proof, so that none disturbs another. */
const proofs = ["money", "key", "team", "model", "ip", "tokens", "parallel", "killed"] as const;
type Proof = (typeof proofs)[number];
const tokenOf = (proof: Proof) => `token-of-the-${proof}-proof-0123456789`;
const keyOf = (proof: Proof) => keyIdOf(tokenOf(proof)) ?? "";

const model = "openai/gpt-4o-mini";
const otherModel = "openai/gpt-4.1";
/** A thousand tokens out at $0.60 and five in at $0.15 a million. */
const costMicroUsd = 601;
/** Ten such answers fit, whatever their questions are taken for beforehand; eleven do not. */
const moneyLimit = 10 * costMicroUsd + 100;
const tokenLimit = 10 * busyUsage.total_tokens + 100;
const moneyBudget = "00000000-0000-7000-8000-000000000001";
const slotsMax = 5;

const address = "203.0.113.50";
const teamId = "00000000-0000-7000-8000-0000000000ff";
const figures = (line: string) => process.stdout.write(`    ${line}\n`);

const { pool, upstream, one, two } = await startProof();

/** Two servers that share a database and a folder, and so their journals. */
async function startProof() {
	const dataDir = newDataDir();
	const database = await createTestDatabase();
	const shared = new pg.Pool({ connectionString: database.url, max: 4 });
	shared.on("error", () => {});
	const busy = await startBusyUpstream();
	await configure(shared);
	const env = {
		ROLE: "gateway",
		DATABASE_URL: database.url,
		LLMPROXY_API_KEYS: proofs.map((proof) => `${proof}=${tokenOf(proof)}`).join(","),
		LLMPROXY_TRUSTED_PROXIES: "127.0.0.1",
		OPENAI_API_KEY: "sk-upstream-of-the-proof",
		OPENAI_BASE_URL: busy.baseUrl,
	};
	// The first start makes the keys; those that count read them with their team from the beginning.
	const seeding = await startServer({ dataDir, env });
	await shared.query("UPDATE api_keys SET team_id = $1 WHERE id = $2", [teamId, keyOf("team")]);
	await seeding.kill();
	const first = await startServer({ dataDir, env });
	const second = await startServer({ dataDir, env });
	afterAll(async () => {
		await first.kill();
		await second.kill();
		await busy.close();
		await shared.end();
		await database.drop();
		removeDataDir(dataDir);
	});
	return { pool: shared, upstream: busy, one: first, two: second };
}

async function configure(shared: pg.Pool): Promise<void> {
	const settings = {
		limits: { keyRequestsPerMinute: 0, ipRequestsPerMinute: 0 },
		budgets: { leaseSeconds: 20 },
		// Floods are what is counted here; the threat ledger would slow down whoever sends them.
		threats: { mode: "off" },
	};
	await shared.query("INSERT INTO settings_versions (value, changed_by) VALUES ($1, 'test')", [
		JSON.stringify(settings),
	]);
	await shared.query("INSERT INTO teams (id, name) VALUES ($1, 'T')", [teamId]);
	const limits: readonly Limit[] = [
		[moneyBudget, "usd", "key", keyOf("money"), "total", moneyLimit],
		[crypto.randomUUID(), "requests", "key", keyOf("key"), "minute", 10],
		[crypto.randomUUID(), "requests", "team", teamId, "minute", 10],
		[crypto.randomUUID(), "requests", "model", otherModel, "minute", 10],
		[crypto.randomUUID(), "requests", "ip", address, "minute", 10],
		[crypto.randomUUID(), "tokens", "key", keyOf("tokens"), "minute", tokenLimit],
		[crypto.randomUUID(), "parallel", "key", keyOf("parallel"), "total", slotsMax],
		[crypto.randomUUID(), "requests", "key", keyOf("killed"), "total", 10],
	];
	for (const limit of limits) {
		await shared.query(
			`INSERT INTO quotas (id, title, unit, scope, subject, "window", time_zone, hard_limit,
				soft_action, downgrade_to, updated_at)
			VALUES ($1, 'Proof', $2, $3, $4, $5, 'UTC', $6, 'notify', '{}', now())`,
			[...limit],
		);
	}
}

type Limit = readonly [
	id: string,
	unit: string,
	scope: string,
	subject: string,
	window: string,
	hardLimit: number,
];

interface Ask {
	readonly proof: Proof;
	readonly text: string;
	readonly model?: string;
	readonly ip?: string;
}

/** The status of one request; 0 when no answer came. */
async function ask(server: RunningServer, { proof, text, ...rest }: Ask): Promise<number> {
	const init = {
		method: "POST",
		headers: {
			authorization: `Bearer ${tokenOf(proof)}`,
			"content-type": "application/json",
			"x-forwarded-for": rest.ip ?? "203.0.113.1",
		},
		body: JSON.stringify({
			model: rest.model ?? model,
			max_tokens: busyUsage.completion_tokens,
			messages: [{ role: "user", content: text }],
		}),
	};
	try {
		const response = await fetch(`${server.url}/v1/chat/completions`, init);
		await response.text();
		return response.status;
	} catch {
		return 0;
	}
}

/** Many requests at once; `statuses` grows while they come back. */
function flood(server: RunningServer, count: number, request: Ask) {
	const statuses: number[] = [];
	const all = Array.from({ length: count }, async () => {
		statuses.push(await ask(server, request));
	});
	return {
		count: (status: number) => statuses.filter((other) => other === status).length,
		done: Promise.all(all),
	};
}

/** A minute that begins in the middle of a proof would double its limit. */
async function earlyInTheMinute(): Promise<void> {
	const left = 60_000 - (Date.now() % 60_000);
	if (left < 20_000) await sleep(left + 100);
}

interface Account {
	readonly rows: number;
	readonly cost: number;
	readonly spent: number;
	readonly leased: number;
}

/** What the ledger and the counter say of the budget of money. */
async function accountOfMoney(): Promise<Account> {
	const { rows } = await pool.query<Account>(
		`SELECT count(*)::int AS rows, coalesce(sum(cost_micro_usd), 0)::int AS cost,
			(SELECT spent::int FROM quota_counters WHERE counter = $2) AS spent,
			(SELECT leased::int FROM quota_counters WHERE counter = $2) AS leased
		FROM ledger_entries WHERE key_id = $1 AND cost_micro_usd > 0`,
		[keyOf("money"), moneyBudget],
	);
	const [account] = rows;
	if (account === undefined) throw new Error("No account.");
	return account;
}

describe("limits on requests and tokens hold over two processes", () => {
	const cases: readonly Ask[] = [
		{ proof: "key", text: "by key" },
		{ proof: "team", text: "by team" },
		{ proof: "model", text: "by model", model: otherModel },
		{ proof: "ip", text: "by address", ip: address },
		{ proof: "tokens", text: "by tokens" },
	];
	for (const request of cases) {
		test(`${request.text}: of 200 at once no more than ten are let through`, async () => {
			await earlyInTheMinute();
			const floods = [flood(one, 100, request), flood(two, 100, request)];
			await Promise.all(floods.map(({ done }) => done));
			const sum = (status: number) => floods.reduce((total, each) => total + each.count(status), 0);
			// What tokens were set aside and not used comes back when the first ones have ended.
			if (request.proof === "tokens") {
				for (const server of [one, two]) for (let n = 0; n < 10; n += 1) await ask(server, request);
			}
			figures(`${request.text}: ${upstream.calls(request.text)} of 10 reached the provider`);
			expect(sum(200) + sum(429)).toBe(200);
			expect(upstream.calls(request.text)).toBeLessThanOrEqual(10);
			if (request.proof !== "tokens") expect(sum(200)).toBe(10);
			else expect(upstream.calls(request.text)).toBeGreaterThanOrEqual(9);
		}, 120_000);
	}
});

test("money, requests at once and requests in all survive the death of a process", async () => {
	const from = (proof: Proof, server: "one" | "two"): Ask => ({
		proof,
		text: `${proof} ${server}`,
	});
	const both = (proof: Proof) =>
		upstream.calls(from(proof, "one").text) + upstream.calls(from(proof, "two").text);
	// One answer each, so that both processes have spent something.
	expect(await ask(one, from("money", "one"))).toBe(200);
	expect(await ask(two, from("money", "two"))).toBe(200);
	for (const proof of ["money", "parallel", "killed"] as const) {
		for (const server of ["one", "two"] as const) upstream.hold(from(proof, server).text);
	}
	// Two of each are certainly under way in both processes when the flood begins.
	const early = (["money", "parallel"] as const).flatMap((proof) => [
		flood(one, 2, from(proof, "one")),
		flood(two, 2, from(proof, "two")),
	]);
	await expect.poll(() => [both("money"), both("parallel")], { timeout: 20_000 }).toEqual([6, 4]);
	const floods = (["money", "parallel", "killed"] as const).map((proof) => ({
		proof,
		inOne: flood(one, 97, from(proof, "one")),
		inTwo: flood(two, 97, from(proof, "two")),
	}));
	const refused = () =>
		floods.map(({ inOne, inTwo, proof }) => {
			const status = proof === "money" ? 402 : 429;
			return inOne.count(status) + inTwo.count(status);
		});
	const under = () => [both("money") - 6, both("parallel") - 4, both("killed")];
	await expect
		.poll(() => refused().map((count, index) => count + (under()[index] ?? 0)), { timeout: 30_000 })
		.toEqual([194, 194, 194]);
	expect(both("money")).toBeLessThanOrEqual(10);
	expect(both("parallel")).toBe(slotsMax);
	expect(both("killed")).toBe(10);

	// One more answer of the process that dies right after it: its line is in the journal only.
	const answered = () => (early[0]?.count(200) ?? 0) + (floods[0]?.inOne.count(200) ?? 0);
	upstream.answer(from("money", "one").text, 1);
	await expect.poll(answered, { timeout: 10_000, interval: 5 }).toBe(1);
	await one.kill();
	const lost = upstream.calls(from("money", "one").text) - 2;
	const lostSlots = upstream.calls(from("parallel", "one").text);
	for (const proof of ["money", "parallel", "killed"] as const) {
		upstream.answer(from(proof, "one").text);
		upstream.answer(from(proof, "two").text);
	}
	for (const { inOne, inTwo } of floods) await Promise.all([inOne.done, inTwo.done]);
	await Promise.all(early.map(({ done }) => done));

	// What the dead process had set aside is nobody's yet.
	const kept = 10 - lost;
	const after = flood(two, 50, from("money", "two"));
	const afterRest = flood(two, 50, from("killed", "two"));
	await Promise.all([after.done, afterRest.done]);
	const afterKill = await expect
		.poll(async () => (await accountOfMoney()).rows, { timeout: 20_000 })
		.toBe(both("money") - lost)
		.then(accountOfMoney);
	expect(afterKill.rows).toBeLessThanOrEqual(kept);
	expect(afterKill.spent).toBe(afterKill.cost);
	expect(afterKill.spent + afterKill.leased).toBeLessThanOrEqual(moneyLimit);
	expect(afterRest.count(200)).toBe(0);

	// When its leases have lapsed and the other is idle, exactly what was not spent is there again.
	await expect.poll(async () => (await accountOfMoney()).leased, { timeout: 60_000 }).toBe(0);
	const phantom = await accountOfMoney();
	expect(phantom.spent).toBe(phantom.cost);
	for (let index = 0; index < 20; index += 1) await ask(two, from("money", "two"));
	await expect.poll(async () => (await accountOfMoney()).rows, { timeout: 20_000 }).toBe(10);
	await expect.poll(async () => (await accountOfMoney()).leased, { timeout: 20_000 }).toBe(0);
	const end = await accountOfMoney();
	expect(end).toEqual({ rows: 10, cost: 10 * costMicroUsd, spent: 10 * costMicroUsd, leased: 0 });

	upstream.hold("slots again");
	const slots = flood(two, 30, { proof: "parallel", text: "slots again" });
	await expect
		.poll(() => slots.count(429) + upstream.calls("slots again"), { timeout: 20_000 })
		.toBe(30);
	expect(upstream.calls("slots again")).toBe(slotsMax);
	upstream.answer("slots again");
	await slots.done;
	figures(
		`money: 10 fit, ${both("money")} calls, ${lost} of them lost with the killed process, ` +
			`${afterKill.rows} billed before its leases lapsed and ${end.rows} in all; ` +
			`ledger ${end.cost} = spent ${end.spent} micro-dollars of ${moneyLimit}, leased ${end.leased}`,
	);
	figures(`at once: ${slotsMax} slots, ${lostSlots} of them lost with the process and found again`);
	figures(`requests in all: ${both("killed")} of 10, none more after the kill`);
}, 240_000);
