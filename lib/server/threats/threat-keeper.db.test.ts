import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import type { SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import { threatsSettings } from "../../../proxy-core/contract/threat-settings.ts";
import { addressActor } from "../../../proxy-core/threat-ledger/actors.ts";
import { createThreatLedger } from "../../../proxy-core/threat-ledger/threat-ledger.ts";
import type { TestDatabase } from "../database/test-database.ts";
import { createTestDatabase } from "../database/test-database.ts";
import { createEventBus } from "../events/event-bus.ts";
import type { ThreatActionRow } from "../repositories/bans.ts";
import { createBan, extendBan, liftBan, listActions, listBans } from "../repositories/bans.ts";
import { startThreatKeeper } from "./threat-keeper.ts";

const quiet = () => {};
const log = { info: quiet, warn: quiet, error: quiet };
const patienceMs = 8000;

async function eventually(what: () => boolean | Promise<boolean>): Promise<void> {
	const end = Date.now() + patienceMs;
	while (!(await what())) {
		if (Date.now() > end) throw new Error("It did not happen in time.");
		await sleep(20);
	}
}

describe("startThreatKeeper", () => {
	let database: TestDatabase;
	let pool: pg.Pool;
	let prisma: PrismaClient;

	beforeAll(async () => {
		database = await createTestDatabase();
		pool = new pg.Pool({ connectionString: database.url, max: 8 });
		pool.on("error", quiet);
		prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
	});
	afterAll(async () => {
		await prisma.$disconnect();
		await pool.end();
		await database.drop();
	});

	const startNode = async (node: string) => {
		const settings = threatsSettings.parse({ halfLifeSeconds: 3600, allowance: 0 });
		const desk = createThreatLedger({
			settings: () => settings,
			now: Date.now,
			trustedProxies: [],
		});
		const events = createEventBus();
		const heard: string[] = [];
		const passedOn: ThreatActionRow[] = [];
		events.subscribe(({ type }) => heard.push(type));
		const keeper = startThreatKeeper({
			...{ desk, pool, prisma, events, node, log },
			connectionString: database.url,
			halfLifeSeconds: () => settings.halfLifeSeconds,
			hooks: [(action) => void passedOn.push(action)],
		});
		await keeper.ready;
		return {
			desk,
			heard,
			passedOn,
			stop: keeper.stop,
			attack: (ip: string, count = 1) => {
				const finding = { guard: "firewall", rule: "r1", severity: "high", action: "block" };
				for (let index = 0; index < count; index += 1) {
					const record = {
						...{ receivedAt: Date.now(), requestId: `req_${ip}`, ip, endpoint: "chat.completions" },
						...{ errorCode: null, findings: [{ ...finding, source: "user" }] },
						// The ledger reads no other part of a record.
					} as unknown as SettledRecord;
					desk.observe({ record, actors: undefined, edgeScore: 0 });
				}
			},
			levelOf: (ip: string) => desk.check([addressActor(ip)]).level,
			scoreOf: (ip: string) => desk.scores.peek(`ip:${ip}`),
		};
	};

	it("puts a ban that one node made in force on all of them, and tells it once", async () => {
		const [one, two] = [await startNode("one"), await startNode("two")];
		one.attack("203.0.113.5", 11);
		expect(one.levelOf("203.0.113.5")).toBe("ban");
		await eventually(() => two.levelOf("203.0.113.5") === "ban");
		await eventually(() => one.passedOn.some(({ action }) => action === "banned"));
		expect(two.passedOn).toEqual([]);
		expect(two.heard).toContain("bans.changed");
		const found = { kind: "ip", value: "203.0.113.5", after: undefined, limit: 50 } as const;
		const actions = await listActions(prisma, found);
		expect(actions.map(({ action }) => action)).toEqual([
			"banned",
			"challenged",
			"slowed",
			"watched",
		]);
		const [ban] = await listBans(prisma, {
			...{ show: "in-force", kind: "ip", search: "203.0.113.5", after: undefined, limit: 5 },
		});
		expect(ban).toMatchObject({ createdBy: null });
		expect(ban?.causes).toMatchObject([
			{ rule: "firewall/r1", points: 2 },
			{},
			{},
			{},
			{},
			{},
			{},
			{},
		]);
		await Promise.all([one.stop(), two.stop()]);
	});

	it("adds up what nodes saw, so that an attacker gains nothing by spreading out", async () => {
		const nodes = [await startNode("a"), await startNode("b"), await startNode("c")];
		for (const node of nodes) node.attack("203.0.113.20", 5);
		for (const node of nodes) expect(node.levelOf("203.0.113.20")).toBe("slow-down");
		await eventually(() => nodes.every((node) => node.levelOf("203.0.113.20") === "ban"));
		await sleep(1500);
		const [first] = nodes;
		expect(first?.scoreOf("203.0.113.20")).toBeGreaterThan(29);
		expect(first?.scoreOf("203.0.113.20")).toBeLessThan(30.01);
		const found = { kind: "ip", value: "203.0.113.20", after: undefined, limit: 50 } as const;
		const told = (await listActions(prisma, found)).map(({ action }) => action);
		for (const action of ["slowed", "banned"]) {
			expect(told.filter((each) => each === action)).toHaveLength(1);
		}
		await Promise.all(nodes.map(({ stop }) => stop()));
	});

	it("keeps scores and bans over a restart", async () => {
		const before = await startNode("before");
		before.attack("203.0.113.30", 3);
		before.attack("203.0.113.31", 11);
		await before.stop();
		const after = await startNode("after");
		expect(after.levelOf("203.0.113.31")).toBe("ban");
		await eventually(() => after.scoreOf("203.0.113.30") > 5.9);
		expect(after.levelOf("203.0.113.30")).toBe("watch");
		await after.stop();
	});

	it("lifts a ban everywhere and forgets the score with it", async () => {
		const [one, two] = [await startNode("one"), await startNode("two")];
		one.attack("203.0.113.40", 11);
		await eventually(() => two.levelOf("203.0.113.40") === "ban");
		await eventually(() => two.scoreOf("203.0.113.40") > 19);
		const search = { show: "in-force", kind: "ip", search: "203.0.113.40" } as const;
		const [ban] = await listBans(prisma, { ...search, after: undefined, limit: 1 });
		const deed = { by: "ada@example.com", node: "console" };
		const lifted = await liftBan(prisma, ban?.id ?? "", deed);
		expect(lifted).toMatchObject({ liftedBy: "ada@example.com" });
		await eventually(() => [one, two].every((node) => node.levelOf("203.0.113.40") === "none"));
		await sleep(1500);
		expect(one.scoreOf("203.0.113.40")).toBe(0);
		two.attack("203.0.113.40");
		expect(two.levelOf("203.0.113.40")).toBe("none");
		expect(await liftBan(prisma, ban?.id ?? "", deed)).toBeUndefined();
		await Promise.all([one.stop(), two.stop()]);
	});

	it("bans by hand on every node at once; of two bans the longer one holds", async () => {
		const [one, two] = [await startNode("one"), await startNode("two")];
		const deed = { by: "ada@example.com", node: "one" };
		const ban = { kind: "ip", value: "203.0.113.48/29", reason: "Scanner" } as const;
		const long = new Date(Date.now() + 3_600_000);
		await createBan(prisma, { ...ban, untilAt: long }, deed);
		await eventually(() => [one, two].every((node) => node.levelOf("203.0.113.50") === "ban"));
		const again = await createBan(prisma, { ...ban, untilAt: new Date(Date.now() + 1000) }, deed);
		expect(again.untilAt).toEqual(long);
		await extendBan(prisma, { id: again.id, untilAt: new Date(Date.now() + 400) }, deed);
		await eventually(() => [one, two].every((node) => node.levelOf("203.0.113.50") === "none"));
		await eventually(() => one.passedOn.some(({ action }) => action === "extended"));
		const anew = await createBan(prisma, { ...ban, untilAt: null }, deed);
		expect(anew.id).not.toBe(again.id);
		await eventually(() => two.levelOf("203.0.113.50") === "ban");
		await Promise.all([one.stop(), two.stop()]);
	});

	it("goes on with what it knows while the database is away, and tells it afterwards", async () => {
		const alone = await startNode("alone");
		const renamed = "ALTER TABLE threat_actors RENAME TO threat_actors_away";
		await pool.query(renamed);
		alone.attack("203.0.113.60", 3);
		await sleep(1500);
		expect(alone.levelOf("203.0.113.60")).toBe("watch");
		alone.attack("203.0.113.60", 1);
		await pool.query("ALTER TABLE threat_actors_away RENAME TO threat_actors");
		await eventually(async () => {
			const { rows } = await pool.query(
				"SELECT score FROM threat_actors WHERE value = '203.0.113.60'",
			);
			return rows[0]?.score > 7.9 && rows[0]?.score < 8.1;
		});
		await alone.stop();
	});
});
