import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CounterKey, QuotaAsk } from "../../../proxy-core/ports.ts";
import type { TestDatabase } from "../database/test-database.ts";
import { createTestDatabase } from "../database/test-database.ts";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { insertLines } from "../journal/insert-lines.ts";
import { createQuotaStore } from "./quota-store.ts";
import { cleanCounters, reapLeases } from "./quota-upkeep.ts";

const quiet = () => {};

describe("createQuotaStore", () => {
	let database: TestDatabase;
	let pool: pg.Pool;

	beforeAll(async () => {
		database = await createTestDatabase();
		pool = new pg.Pool({ connectionString: database.url, max: 12 });
		pool.on("error", quiet);
	});
	afterAll(async () => {
		await pool.end();
		await database.drop();
	});

	const storeOf = (node: string, leaseMs = 60_000) =>
		createQuotaStore({ pool, node, leaseMs: () => leaseMs });
	const keyOf = (counter: string): CounterKey => ({ counter, windowStart: 0 });
	const ask = (counter: string, changes: Partial<QuotaAsk> = {}): QuotaAsk => ({
		...keyOf(counter),
		windowEnd: null,
		unit: "usd",
		limit: 1000,
		returned: 0,
		owed: 0,
		need: 100,
		least: 100,
		...changes,
	});
	async function stateOf(counter: string) {
		const { rows } = await pool.query(
			`SELECT c.spent::int, c.leased::int, coalesce(sum(l.amount), 0)::int AS leases
			FROM quota_counters AS c LEFT JOIN quota_leases AS l USING (counter, window_start)
			WHERE counter = $1 GROUP BY c.counter, c.window_start`,
			[counter],
		);
		return rows[0];
	}
	const line = (requestId: string, charges: [string, number][], changes = {}) =>
		JSON.stringify(settledRecord({ requestId, charges, ...changes }));

	it("creates or locks the counter in the same step, so that first requests cannot skip the limit", async () => {
		const stores = Array.from({ length: 8 }, (_, index) => storeOf(`n${index}`));
		const grants = await Promise.all(
			Array.from({ length: 40 }, (_, index) => stores[index % 8]?.exchange(ask("first"))),
		);
		const granted = grants.reduce((sum, grant) => sum + (grant?.granted ?? 0), 0);
		expect(granted).toBe(1000);
		expect(await stateOf("first")).toEqual({ spent: 0, leased: 1000, leases: 1000 });
	});

	it("gives comfortable slices at first and small ones at the end", async () => {
		const store = storeOf("s");
		const slice = (need: number, least = need) =>
			store.exchange(ask("slices", { limit: 100_000, need, least }));
		expect(await slice(1)).toMatchObject({ granted: 5000, leased: 5000, lease: { amount: 5000 } });
		expect((await slice(94_000)).granted).toBe(94_000);
		expect((await slice(1)).granted).toBe(250);
		expect((await slice(10_000, 751)).granted).toBe(0);
		expect((await slice(10_000, 750)).granted).toBe(750);
	});

	it("takes back before it gives, and never more than the lease has", async () => {
		const [one, two] = [storeOf("one"), storeOf("two")];
		await one.exchange(ask("back", { need: 600 }));
		expect((await two.exchange(ask("back", { need: 600, least: 600 }))).granted).toBe(0);
		const swap = await one.exchange(ask("back", { returned: 600, need: 200 }));
		expect(swap).toMatchObject({ granted: 200, leased: 200, lease: { amount: 200 } });
		await one.exchange(ask("back", { returned: 900, need: 0 }));
		expect(await stateOf("back")).toEqual({ spent: 0, leased: 0, leases: 0 });
	});

	it("draws requests and tokens, and counts what was taken while nobody could be asked", async () => {
		const store = storeOf("d");
		const draw = (changes: Partial<QuotaAsk>) =>
			store.exchange(ask("drawn", { unit: "requests", limit: 10, ...changes }));
		expect(await draw({ need: 4, least: 1 })).toMatchObject({ granted: 4, spent: 4, lease: null });
		expect(await draw({ need: 4, least: 1, returned: 2 })).toMatchObject({ granted: 4, spent: 6 });
		expect(await draw({ need: 4, least: 1, owed: 7 })).toMatchObject({ granted: 0, spent: 13 });
	});

	it("keeps leases that are renewed, and gives those of a silent node back to everybody", async () => {
		const [alive, dead] = [storeOf("alive", 700), storeOf("dead", 700)];
		await alive.exchange(ask("lapse", { need: 300 }));
		await dead.exchange(ask("lapse", { need: 400 }));
		for (let round = 0; round < 5; round += 1) {
			await sleep(200);
			expect(await alive.renew([keyOf("lapse")])).toMatchObject([{ lease: { amount: 300 } }]);
		}
		expect(await reapLeases(pool)).toBe(1);
		expect(await reapLeases(pool)).toBe(0);
		expect(await stateOf("lapse")).toEqual({ spent: 0, leased: 300, leases: 300 });
		expect(await dead.renew([keyOf("lapse")])).toMatchObject([{ lease: { amount: 0 } }]);
		await alive.release();
		expect(await stateOf("lapse")).toMatchObject({ spent: 0, leased: 0 });
	});

	it("charges each row of the ledger once, out of the lease of the node that served it", async () => {
		const store = storeOf("test");
		await store.exchange(ask("paid", { need: 500 }));
		const lines = [
			line("c1", [["paid", 0]], { costMicroUsd: 30, keyId: "k" }),
			line("c2", [["paid", 0]], { costMicroUsd: 12, keyId: "k" }),
			line("c3", [["paid", 0]], { costMicroUsd: null, keyId: "k" }),
			line("c4", [], { costMicroUsd: 5, userId: "u" }),
		];
		await insertLines(pool, [...lines, ...lines.slice(0, 1)]);
		await insertLines(pool, lines);
		expect(await stateOf("paid")).toEqual({ spent: 42, leased: 458, leases: 458 });
		const grant = await store.exchange(ask("paid", { need: 0 }));
		expect(grant.lease).toEqual({ amount: 458, charged: 42 });
		const { rows } = await pool.query(
			"SELECT spender, spent::int FROM quota_spenders WHERE counter = 'paid'",
		);
		expect(rows).toEqual([{ spender: "key:k", spent: 42 }]);
		const burnt = await pool.query(
			"SELECT hour, spent::int FROM quota_burns WHERE counter = 'paid'",
		);
		expect(burnt.rows).toEqual([{ hour: new Date("2026-01-02T03:00:00Z"), spent: 42 }]);
	});

	it("counts more than was set aside, and what comes after the lease has lapsed", async () => {
		const store = storeOf("test", 100);
		await store.exchange(ask("over", { need: 50, limit: 50 }));
		await insertLines(pool, [line("o1", [["over", 0]], { costMicroUsd: 80 })]);
		expect(await stateOf("over")).toEqual({ spent: 80, leased: 0, leases: 0 });
		await store.exchange(ask("late", { need: 500 }));
		await sleep(150);
		await reapLeases(pool);
		await insertLines(pool, [line("o2", [["late", 0]], { costMicroUsd: 70 })]);
		expect(await stateOf("late")).toEqual({ spent: 70, leased: 0, leases: 0 });
		await insertLines(pool, [line("o3", [["unknown", 0]], { costMicroUsd: 7 })]);
		expect(await stateOf("unknown")).toEqual({ spent: 7, leased: 0, leases: 0 });
	});

	it("stays exact when nodes take, ship, renew, reap and clean up at once", async () => {
		const nodes = Array.from({ length: 4 }, (_, index) => `busy${index}`);
		let spent = 0;
		const work = async (node: string) => {
			const store = storeOf(node);
			for (let round = 0; round < 15; round += 1) {
				const counters = [`busy-a`, `busy-b`];
				const grants = await Promise.all(
					counters.map((counter) =>
						store.exchange(ask(counter, { limit: 100_000, need: 50, returned: round })),
					),
				);
				expect(grants.every(({ spent: used, leased }) => used + leased <= 100_000)).toBe(true);
				const charges = counters.map((counter): [string, number] => [counter, 0]);
				const cost = 1 + round;
				spent += cost;
				await Promise.all([
					insertLines(pool, [line(`${node}-${round}`, charges, { node, costMicroUsd: cost })]),
					store.renew(counters.map(keyOf)),
					reapLeases(pool),
				]);
			}
		};
		await Promise.all(nodes.map(work));
		await cleanCounters(pool);
		for (const counter of ["busy-a", "busy-b"]) {
			const state = await stateOf(counter);
			expect(state).toMatchObject({ spent, leased: state?.leases });
		}
		for (const node of nodes) await storeOf(node).release();
		expect(await stateOf("busy-a")).toMatchObject({ spent, leased: 0 });
	});
});
