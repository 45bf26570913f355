import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "../auth/principal.ts";
import { mintStarterKey } from "../repositories/keys.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { allowListService } from "./allow-list.ts";
import { banActor, bansService, scoreHistory, watchActor } from "./bans.ts";

describe("bansService", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	let keyId: string;

	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("operator");
		keyId = (await mintStarterKey(system.prisma)).id;
		await system.configuration.changed("keys");
	});
	afterAll(() => system.stop());

	const ban = (changes: Partial<Parameters<typeof banActor>[1]> = {}) =>
		banActor(principal, {
			...{ kind: "ip", value: "203.0.113.7", reason: "Scanner", ttlSeconds: 3600 },
			...changes,
		});
	const list = (show: "in-force" | "over" = "in-force") =>
		bansService.list({ query: { limit: 50, show } });

	it("bans by hand, lists who did it and why, extends and lifts it, and remembers all of it", async () => {
		const made = await ban({ value: " 203.0.113.77/24 " });
		expect(made).toMatchObject({
			...{ kind: "ip", value: "203.0.113.0/24", reason: "Scanner" },
			...{ by: principal.email, isInForce: true, score: null, liftedAt: null },
		});
		const params = { id: made.id };
		const longer = await bansService.extend({ params, principal, body: { ttlSeconds: null } });
		expect(longer.until).toBeNull();
		expect((await list()).items.map(({ id }) => id)).toContain(made.id);
		const lifted = await bansService.lift({ params, principal });
		expect(lifted).toMatchObject({ isInForce: false, liftedBy: principal.email });
		expect((await list("over")).items[0]?.id).toBe(made.id);
		await expect(bansService.lift({ params, principal })).rejects.toThrow("not in force");
		const { items } = await bansService.actions({
			query: { limit: 10, kind: "ip", value: "203.0.113.0/24" },
		});
		expect(items.map(({ action }) => action)).toEqual(["lifted", "extended", "banned"]);
		expect(items.every(({ by }) => by === principal.email)).toBe(true);
	});

	it("names keys, and refuses what does not exist, what is half of the internet and what is exempt", async () => {
		const made = await ban({ kind: "key", value: keyId });
		expect(made.name).not.toBeNull();
		await bansService.lift({ params: { id: made.id }, principal });
		const field = { detail: { param: "value" } };
		await expect(ban({ kind: "key", value: "nobody" })).rejects.toMatchObject(field);
		await expect(ban({ value: "somewhere" })).rejects.toMatchObject(field);
		await expect(ban({ value: "0.0.0.0/1" })).rejects.toMatchObject(field);
		await expect(ban({ value: "127.0.0.1" })).rejects.toThrow("allow-list");
		await expect(ban({ value: "192.0.2.1" })).rejects.toThrow("trusted proxy");
		const unknown = { id: "not-a-uuid" };
		await expect(bansService.lift({ params: unknown, principal })).rejects.toThrow();
	});

	it("edits the allow-list as a new version of the settings, in force when it resolves", async () => {
		const before = await allowListService.get();
		expect(before).toMatchObject({
			...{ addresses: ["127.0.0.0/8", "::1"], trustedProxies: ["192.0.2.1"] },
		});
		const change = (body: Parameters<typeof allowListService.change>[0]["body"]) =>
			allowListService.change({ body, principal });
		await change({ kind: "ip", value: "203.0.113.200", isAllowed: true });
		const both = await change({ kind: "key", value: keyId, isAllowed: true });
		expect(both.keys).toMatchObject([{ id: keyId }]);
		expect(system.snapshot().settings.threats.allow.addresses).toContain("203.0.113.200");
		await expect(ban({ value: "203.0.113.200" })).rejects.toThrow("allow-list");
		const after = await change({ kind: "ip", value: "203.0.113.200/32", isAllowed: false });
		expect(after.addresses).toEqual(["127.0.0.0/8", "::1"]);
		await expect(change({ kind: "ip", value: "x", isAllowed: true })).rejects.toThrow();
		const { items } = await bansService.actions({ query: { limit: 5 } });
		expect(items[0]).toMatchObject({ action: "disallowed", by: principal.email });
	});

	it("lists who has a score now, what it leads to and how it went", async () => {
		await system.pool.query(
			`INSERT INTO threat_actors (kind, value, reach, score, updated_at, causes) VALUES
				('ip', '203.0.113.90', 'ip', 32, now() - interval '10 minutes', $1),
				('key', $2, 'key', 18, now(), '[]'), ('ip', '203.0.113.91', 'ip', 0.1, now(), '[]'),
				('ip', '203.0.113.92', 'ip', 9, now() - interval '300 days', '[]')`,
			[
				JSON.stringify([{ at: 1, layer: "shield", rule: "r", points: 2, requestId: "req_1" }]),
				keyId,
			],
		);
		await system.pool.query(
			`INSERT INTO threat_scores VALUES ('ip', '203.0.113.90', now() - interval '40 minutes', 7),
				('ip', '203.0.113.90', now() - interval '10 minutes', 32)`,
		);
		const { items } = await bansService.watched({ query: { limit: 10 } });
		expect(items.map(({ value }) => value)).toEqual([keyId, "203.0.113.90"]);
		const [key, ip] = items;
		expect(key).toMatchObject({ level: "watch", isBanned: false });
		expect(ip).toMatchObject({ level: "challenge", causes: [{ rule: "r", requestId: "req_1" }] });
		expect(ip?.score).toBeCloseTo(16, 0);
		expect(ip?.sparkline).toHaveLength(48);
		expect(ip?.sparkline.slice(-2)).toEqual([7, 32]);
		const history = await scoreHistory({
			actors: [
				{ kind: "ip", value: "203.0.113.90" },
				{ kind: "ip", value: "203.0.113.91" },
			],
			from: new Date(Date.now() - 3_600_000),
			stepSeconds: 1800,
			steps: 2,
		});
		expect(history).toEqual([
			[7, 32],
			[0, 0],
		]);
	});

	it("keeps whom somebody watches on the list, whatever the score", async () => {
		const who = { kind: "session", value: "team:a/s1" } as const;
		await watchActor(principal, { ...who, reason: "Odd", ttlSeconds: 3600 });
		const { items } = await bansService.watched({ query: { limit: 10, kind: "session" } });
		expect(items).toMatchObject([{ value: "team:a/s1", score: 0, level: null }]);
	});
});
