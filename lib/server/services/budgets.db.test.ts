import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BudgetInput } from "../../contracts/budgets.ts";
import { budgetInput, budgetSchema, getBudgetBurn } from "../../contracts/budgets.ts";
import type { Principal } from "../auth/principal.ts";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { insertLines } from "../journal/insert-lines.ts";
import { createQuotaStore } from "../quotas/quota-store.ts";
import { tellReachedLimits } from "../quotas/quota-upkeep.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { budgetsService } from "./budgets.ts";

const day = 86_400_000;

describe("budgetsService", () => {
	let system: ServiceRuntime;
	let admin: Principal;
	let user: Principal;
	let lines = 0;

	beforeAll(async () => {
		system = await startServiceRuntime();
		admin = await system.addPerson("admin");
		user = await system.addPerson("user");
	});
	afterAll(() => system.stop());

	const bodyOf = (changes: Partial<BudgetInput>): BudgetInput =>
		budgetInput.parse({ title: "B", scope: "organisation", hardLimit: 1_000_000, ...changes });
	const create = async (changes: Partial<BudgetInput>) =>
		budgetSchema.parse(await budgetsService.create({ body: bodyOf(changes), principal: admin }));
	const on = (id: string, principal = admin) => ({ params: { id }, principal });
	/** A row of the ledger that is charged to the counter in the window of now. */
	async function spend(
		counter: string,
		costMicroUsd: number,
		{ windowStart = 0, keyId = "k1", receivedAt = Date.now() } = {},
	) {
		lines += 1;
		const charges: [string, number][] = [[counter, windowStart]];
		const record = settledRecord({
			requestId: `spent-${lines}`,
			costMicroUsd,
			charges,
			keyId,
			receivedAt,
		});
		await insertLines(system.pool, [JSON.stringify(record)]);
	}

	it("puts a new budget in force at once, and takes an archived one out", async () => {
		const made = await create({ title: "All" });
		const isInForce = () =>
			system.configuration.current().quotas.all.some(({ id }) => id === made.id);
		expect(isInForce()).toBe(true);
		const archived = await budgetsService.archive(on(made.id));
		expect(archived.archivedAt).not.toBeNull();
		expect(isInForce()).toBe(false);
		await expect(budgetsService.archive(on(made.id))).rejects.toMatchObject({
			code: "resource.not_found",
		});
		expect(
			(await budgetsService.history({ ...on(made.id), query: { limit: 10 } })).items,
		).toHaveLength(2);
	});

	it("reads back everything that was saved", async () => {
		const wanted = {
			title: "Research",
			scope: "model",
			subject: "openai/gpt-5",
			window: "week",
			timeZone: "Europe/Vienna",
			hardLimit: 5_000_000,
			softLimit: 4_000_000,
			softAction: "downgrade",
			downgradeTo: ["echo"],
		} as const;
		const { id } = await create({ ...wanted, downgradeTo: [...wanted.downgradeTo] });
		const read = budgetSchema.parse(await budgetsService.get(on(id)));
		expect(read).toMatchObject({ ...wanted, subject: { id: "openai/gpt-5" }, isEnabled: true });
		expect(new Date(read.usage.windowStart).getTime()).toBeLessThanOrEqual(Date.now());
		const change = { ...bodyOf({ ...wanted, downgradeTo: ["echo"] }), hardLimit: 6_000_000 };
		expect(await budgetsService.update({ ...on(id), body: change })).toMatchObject({
			hardLimit: 6_000_000,
		});
		await expect(
			budgetsService.update({ ...on(id), body: { ...change, scope: "tag" } }),
		).rejects.toMatchObject({ code: "request.invalid", detail: { param: "scope" } });
	});

	it("tells what is spent, what is set aside, who spent it and how full it is", async () => {
		await system.prisma.apiKey.create({
			data: { id: "k1", name: "Key one", secretHash: new Uint8Array(32) },
		});
		const { id } = await create({ window: "total", hardLimit: 1000, softLimit: 300 });
		const ask = { counter: id, windowStart: 0, windowEnd: null, unit: "usd", limit: 1000 } as const;
		const store = createQuotaStore({ pool: system.pool, node: "test", leaseMs: () => 60_000 });
		await store.exchange({ ...ask, returned: 0, owed: 0, need: 500, least: 500 });
		await spend(id, 200);
		await spend(id, 150, { keyId: "gone" });
		const { usage, spenders } = await budgetsService.get(on(id));
		expect(usage).toMatchObject({ spent: 350, reserved: 150, limit: 1000, state: "soft" });
		expect(spenders).toEqual([
			{ kind: "key", id: "k1", name: "Key one", amount: 200 },
			{ kind: "key", id: "gone", name: null, amount: 150 },
		]);
		await spend(id, 900);
		expect((await budgetsService.get(on(id))).usage).toMatchObject({ spent: 1250, state: "hard" });
		const raised = await budgetsService.raise({
			...on(id),
			body: { amount: 5000, until: new Date(Date.now() + day).toISOString() },
		});
		expect(raised).toMatchObject({
			raise: { amount: 5000 },
			usage: { limit: 6000, state: "soft" },
		});
	});

	it("shows the fullest of the subjects that a budget counts separately", async () => {
		const { id } = await create({ scope: "key", subject: "*", window: "total", hardLimit: 1000 });
		for (let index = 1; index <= 7; index += 1) await spend(`${id}:key${index}`, index * 10);
		const budget = await budgetsService.get(on(id));
		expect(budget.subjectCount).toBe(7);
		expect(budget.subjects.map(({ spent }) => spent)).toEqual([70, 60, 50, 40, 30]);
		expect(budget.usage).toMatchObject({ subject: { id: "key7" }, spent: 70 });
	});

	it("draws a burn chart whose points add up to what was spent", async () => {
		const { id } = await create({ window: "month", hardLimit: 1_000_000 });
		const { usage } = await budgetsService.get(on(id));
		const windowStart = Date.parse(usage.windowStart);
		await system.prisma.quota.update({
			where: { id },
			data: { createdAt: new Date(windowStart) },
		});
		const lengthMs = Date.now() - windowStart;
		for (let part = 0; part < 10; part += 1) {
			await spend(id, 100 + part, {
				windowStart,
				receivedAt: windowStart + (lengthMs * part) / 10,
			});
		}
		// Received in the last second of the window before, but counted in this one.
		await spend(id, 5, { windowStart, receivedAt: windowStart - 500 });
		const burn = getBudgetBurn.answer.parse(await budgetsService.burn({ ...on(id), query: {} }));
		expect(burn.stepSeconds).toBe(86_400);
		expect(burn.points.reduce((sum, { amount }) => sum + amount, 0)).toBe(1050);
		expect(burn.usage.spent).toBe(1050);
		expect(burn.points[0]?.at).toBe(usage.windowStart);
	});

	it("shows people without keys:manage their own budgets and those of their keys only", async () => {
		await system.prisma.apiKey.create({
			data: { id: "mine", name: "Mine", secretHash: new Uint8Array(32), ownerId: user.userId },
		});
		const ownOne = await create({ scope: "user", subject: user.userId });
		const keyOne = await create({ scope: "key", subject: "mine" });
		const other = await create({ scope: "key", subject: "k1" });
		const query = { limit: 50, archived: "exclude" } as const;
		const seen = await budgetsService.list({ query, principal: user });
		expect(seen.items.map(({ id }) => id).toSorted()).toEqual([ownOne.id, keyOne.id].toSorted());
		await expect(budgetsService.get(on(other.id, user))).rejects.toMatchObject({
			code: "resource.not_found",
		});
	});

	it("pages by cursor, newest first", async () => {
		const seen: string[] = [];
		let cursor: string | undefined;
		for (let round = 0; round < 50; round += 1) {
			const page = await budgetsService.list({
				query: { limit: 2, archived: "exclude", cursor },
				principal: admin,
			});
			seen.push(...page.items.map(({ id }) => id));
			if (page.nextCursor === null) break;
			cursor = page.nextCursor;
		}
		expect(seen).toEqual(seen.toSorted().toReversed());
		expect(new Set(seen).size).toBe(
			await system.prisma.quota.count({ where: { archivedAt: null } }),
		);
	});

	it("refuses a subject that does not exist, and what does not go together", async () => {
		await expect(create({ scope: "key", subject: "nobody" })).rejects.toMatchObject({
			detail: { param: "subject" },
		});
		await expect(create({ scope: "ip", subject: "not an address" })).rejects.toMatchObject({
			detail: { param: "subject" },
		});
		for (const wrong of [
			{ subject: "x" },
			{ scope: "tag", subject: "*" },
			{ unit: "parallel", window: "minute" },
			{ softLimit: 2_000_000 },
			{ softAction: "downgrade" },
			{ timeZone: "Mars/Olympus" },
		] as const) {
			const body = { title: "B", scope: "organisation", hardLimit: 1_000_000, ...wrong };
			expect(budgetInput.safeParse(body).success).toBe(false);
		}
	});

	it("tells once in a window that a limit was reached, and how far", async () => {
		const { id } = await create({ window: "total", hardLimit: 100, softLimit: 50 });
		const told = async () => {
			await tellReachedLimits(system.pool);
			const where = { counter_windowStart: { counter: id, windowStart: new Date(0) } };
			const row = await system.prisma.quotaCounter.findUnique({ where });
			return [row?.softToldAt?.getTime(), row?.hardToldAt?.getTime()];
		};
		await spend(id, 60);
		const [soft, none] = await told();
		expect(soft).toBeDefined();
		expect(none).toBeUndefined();
		await spend(id, 60);
		const [same, hard] = await told();
		expect(same).toBe(soft);
		expect(hard).toBeDefined();
		expect(await told()).toEqual([soft, hard]);
	});
});
