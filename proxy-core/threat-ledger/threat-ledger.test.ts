import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Who } from "./__fixtures__/threat-world.ts";
import { actorsOf, attack, createThreatWorld, finding } from "./__fixtures__/threat-world.ts";
import { decayed, rankOf } from "./decay.ts";

const mallory: Who = { ip: "203.0.113.5" };

function times(count: number, what: () => void): void {
	for (let index = 0; index < count; index += 1) what();
}

describe("decay", () => {
	it("halves with each half-life, never grows and never goes below zero", () => {
		const positive = fc.double({ min: 0, max: 1e6, noNaN: true });
		fc.assert(
			fc.property(positive, positive, positive, (score, first, second) => {
				const half = 600;
				const once = decayed(score, first + second, half);
				expect(once).toBeLessThanOrEqual(score);
				expect(once).toBeGreaterThanOrEqual(0);
				// In two steps or in one: the same is left.
				expect(decayed(decayed(score, first, half), second, half)).toBeCloseTo(once, 6);
			}),
		);
		expect(decayed(8, 600, 600)).toBe(4);
		expect(decayed(8, 1800, 600)).toBe(1);
	});

	it("ranks a higher score never lower", () => {
		const thresholds = { watch: 4, slowDown: 8, challenge: 14, ban: 20 };
		const score = fc.double({ min: 0, max: 100, noNaN: true });
		fc.assert(
			fc.property(score, score, (a, b) => {
				const [low, high] = a < b ? [a, b] : [b, a];
				expect(rankOf(low, thresholds)).toBeLessThanOrEqual(rankOf(high, thresholds));
			}),
		);
	});
});

describe("createThreatLedger", () => {
	it("goes from watching to slowing down, to a challenge and to a ban, and tells each step once", () => {
		const world = createThreatWorld();
		const levels: string[] = [];
		times(14, () => {
			world.request(mallory, attack);
			levels.push(world.standing(mallory).level);
		});
		expect([...new Set(levels)]).toEqual(["none", "watch", "slow-down", "challenge", "ban"]);
		const told = world.desk.takeEscalations().filter(({ kind }) => kind === "ip");
		expect(told.map(({ level }) => level)).toEqual(["watch", "slow-down", "challenge", "ban"]);
		expect(told.at(-1)).toMatchObject({ value: "203.0.113.5", untilMs: world.now() + 900_000 });
		expect(told.at(-1)?.causes[0]).toMatchObject({ rule: "prompt-injection/override", points: 2 });
	});

	it("refuses a later harmless request of whoever is banned, until the ban ends", () => {
		const world = createThreatWorld();
		times(14, () => world.request(mallory, attack));
		world.request(mallory);
		expect(world.standing(mallory).level).toBe("ban");
		world.wait(899_000);
		expect(world.standing(mallory).level).toBe("ban");
		world.wait(2000);
		expect(world.standing(mallory).level).not.toBe("ban");
		expect(world.standing({ ip: "203.0.113.6", keyId: "other" }).level).toBe("none");
	});

	it("bans for longer each time", () => {
		const world = createThreatWorld();
		const lengths: number[] = [];
		for (let round = 0; round < 3; round += 1) {
			times(14, () => world.request(mallory, attack));
			const ban = world.desk.takeEscalations().findLast(({ level }) => level === "ban");
			lengths.push(((ban?.untilMs ?? 0) - world.now()) / 1000);
			world.wait((ban?.untilMs ?? 0) - world.now() + 1);
		}
		expect(lengths).toEqual([900, 1800, 3600]);
	});

	it("never bans for one request, whatever it broke", () => {
		const world = createThreatWorld();
		const guards = ["firewall", "trajectory", "prompt-injection", "secret-leak", "mask"];
		const findings = guards.flatMap((guard) =>
			Array.from({ length: 20 }, () => finding({ guard, severity: "critical" })),
		);
		world.request(mallory, { findings, edgeScore: 0 });
		expect(world.score("ip:203.0.113.5")).toBeLessThanOrEqual(4);
	});

	it("never adds up a busy caller's rare false alarms", () => {
		const world = createThreatWorld();
		for (let index = 0; index < 20_000; index += 1) {
			const isAlarm = index % 100 === 0;
			world.request({ ip: "192.0.2.9", keyId: "busy" }, isAlarm ? attack : {});
			world.wait(100);
		}
		expect(world.standing({ ip: "192.0.2.9", keyId: "busy" }).level).toBe("none");
		expect(world.desk.takeEscalations()).toEqual([]);
	});

	it("counts nothing for redactions, monitored rules and what the moderation endpoint is asked", () => {
		const world = createThreatWorld();
		const id = "ip:203.0.113.5";
		world.request(mallory, { findings: [finding({ action: "redact" })] });
		world.request(mallory, { findings: [finding({ action: "flag", wouldBe: "block" })] });
		world.request(mallory, { ...attack, endpoint: "moderations" });
		expect(world.score(id)).toBe(0);
		world.configure({ monitoredShare: 0.5 });
		world.request(mallory, { findings: [finding({ action: "flag", wouldBe: "block" })] });
		expect(world.score(id)).toBeCloseTo(0.95);
	});

	it("hears of refused keys and of failed sign-ins, and of rate limits only so far", () => {
		const world = createThreatWorld();
		times(60, () => world.request(mallory, { errorCode: "invalid_api_key" }));
		expect(world.standing(mallory).level).toBe("ban");
		const eve = { ip: "203.0.113.9", keyId: "eve" };
		times(5000, () => world.request(eve, { errorCode: "rate_limit_exceeded" }));
		expect(world.standing(eve).level).toBe("slow-down");
		const guesser = { address: "203.0.113.10", layer: "sign-in", severity: "medium" } as const;
		times(50, () => world.desk.note({ ...guesser, rule: "wrong-password" }));
		expect(world.standing({ ip: "203.0.113.10" }).level).toBe("ban");
	});

	it("takes a trusted edge's own score in", () => {
		const world = createThreatWorld();
		times(30, () => world.request(mallory, { edgeScore: 0.95 }));
		expect(world.standing(mallory).level).toBe("ban");
		times(30, () => world.request({ ip: "203.0.113.77", keyId: "calm" }, { edgeScore: 0.4 }));
		expect(world.standing({ ip: "203.0.113.77", keyId: "calm" }).level).toBe("none");
	});

	it("only says what it would do when it is to monitor, and nothing when it is off", () => {
		const world = createThreatWorld({ mode: "monitor" });
		times(14, () => world.request(mallory, attack));
		expect(world.standing(mallory).level).toBe("none");
		const told = world.desk.takeEscalations();
		expect(told.every(({ isMonitored, untilMs }) => isMonitored && untilMs === undefined)).toBe(
			true,
		);
		expect(told.some(({ level }) => level === "ban")).toBe(true);
		world.configure({ mode: "off" });
		world.request({ ip: "203.0.113.200" }, attack);
		expect(world.score("ip:203.0.113.200")).toBe(0);
	});

	it("holds bans by hand in every mode, of ranges and of names in every tenant too", () => {
		const world = createThreatWorld({ mode: "off" });
		world.desk.bans.put({ kind: "ip", value: "203.0.113.0/24", untilMs: null });
		world.desk.bans.put({ kind: "user", value: "alice", untilMs: null });
		world.desk.bans.put({ kind: "session", value: "team:a/s1", untilMs: null });
		expect(world.standing(mallory).level).toBe("ban");
		expect(world.standing({ endUser: "alice" }).level).toBe("ban");
		expect(world.standing({ session: "s1", teamId: "a" }).level).toBe("ban");
		expect(world.standing({ session: "s1", teamId: "b" }).level).toBe("none");
	});

	it("acts on keys, owners and fingerprints by itself only as far as the settings say", () => {
		const world = createThreatWorld();
		const shared = { keyId: "app", ownerId: "owner", fingerprint: "ja4:t13d1516h2_8daaf6152771" };
		for (let index = 0; index < 60; index += 1) {
			world.request({ ...shared, ip: `10.1.1.${index}` }, attack);
		}
		expect(world.standing({ ...shared, ip: "10.2.2.2" }).level).toBe("watch");
		const told = world.desk.takeEscalations();
		expect(new Set(told.map(({ kind, level }) => `${kind} ${level}`))).toEqual(
			new Set(["key watch", "user watch", "fingerprint watch"]),
		);
		world.configure({ reach: { key: "ban" } });
		world.request({ ...shared, ip: "10.1.1.1" }, attack);
		expect(world.standing({ ...shared, ip: "10.2.2.2" }).level).toBe("ban");
	});

	it("forgets what was forgiven", () => {
		const world = createThreatWorld();
		times(14, () => world.request(mallory, attack));
		world.desk.bans.remove({ kind: "ip", value: "203.0.113.5" });
		world.desk.forgive("ip", "203.0.113.5");
		world.request({ ...mallory, keyId: "fresh" }, attack);
		expect(world.standing({ ...mallory, keyId: "fresh" }).level).toBe("none");
	});
});

const names = fc.constantFrom("alice", "bob", "team:b/alice", "a/b");

describe("the threat ledger's promises", () => {
	it("never lets one tenant's labels count against another's", () => {
		fc.assert(
			fc.property(names, names, fc.integer({ min: 1, max: 40 }), (endUser, session, count) => {
				const world = createThreatWorld();
				const attacker = { teamId: "a", keyId: "ka", ip: "203.0.113.5", endUser, session };
				times(count, () => world.request(attacker, attack));
				const victim = { teamId: "b", keyId: "kb", ip: "192.0.2.50", endUser, session };
				expect(world.standing(victim).level).toBe("none");
			}),
		);
	});

	it("never acts on an address or key of the allow-list, nor on a trusted proxy", () => {
		const ban = fc.constantFrom("203.0.113.5", "203.0.113.0/24", "198.51.100.9", "198.51.100.0/25");
		fc.assert(
			fc.property(fc.array(ban), fc.integer({ min: 0, max: 40 }), (bans, attacks) => {
				const world = createThreatWorld({
					allow: { addresses: ["203.0.113.5"], keyIds: ["vip"] },
					reach: { key: "ban" },
				});
				for (const value of bans) world.desk.bans.put({ kind: "ip", value, untilMs: null });
				world.desk.bans.put({ kind: "key", value: "vip", untilMs: null });
				for (const ip of ["203.0.113.5", "198.51.100.9"]) {
					times(attacks, () => world.request({ ip, keyId: "vip" }, attack));
					expect(world.standing({ ip, keyId: "vip" }).level).toBe("none");
				}
				expect(world.desk.takeEscalations()).toEqual([]);
			}),
		);
	});

	it("never remembers more actors or bans than it may", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(400), { maxLength: 600 }), (sequence) => {
				const world = createThreatWorld({}, { actorsMax: 40, bansMax: 10 });
				for (const each of sequence) {
					world.request({ ip: `10.0.${each >> 8}.${each & 255}`, endUser: `u${each}` }, attack);
					world.desk.bans.put({ kind: "user", value: `x${each}`, untilMs: null });
				}
				expect(world.desk.scores.size()).toBeLessThanOrEqual(40);
				expect(world.desk.bans.size()).toBeLessThanOrEqual(10);
				expect(world.desk.unstored().length).toBeLessThanOrEqual(2000);
			}),
			{ numRuns: 30 },
		);
	});

	it("never bans without points enough, in whatever order and pace they come", () => {
		const step = fc.record({ wait: fc.nat(600_000), isAttack: fc.boolean() });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const world = createThreatWorld();
				let attacks = 0;
				for (const { wait, isAttack } of steps) {
					world.wait(wait);
					world.request(mallory, isAttack ? attack : {});
					if (isAttack) attacks += 1;
					if (attacks * 2 < 20) expect(world.standing(mallory).level).not.toBe("ban");
					expect(world.score("ip:203.0.113.5")).toBeLessThanOrEqual(attacks * 2);
				}
			}),
		);
	});

	it("looks the same for an actor however many others there are", () => {
		const world = createThreatWorld();
		for (let index = 0; index < 300; index += 1) {
			world.request({ ip: `10.3.${index >> 8}.${index & 255}`, keyId: `k${index}` }, attack);
		}
		expect(actorsOf(mallory).every((actor) => world.score(actor.id) === 0)).toBe(true);
		expect(world.standing(mallory).level).toBe("none");
	});
});
