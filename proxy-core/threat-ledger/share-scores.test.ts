import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attack, createThreatWorld } from "./__fixtures__/threat-world.ts";

const mallory = { ip: "203.0.113.5" };
const id = "ip:203.0.113.5";
const shared = { kind: "ip", value: "203.0.113.5", reach: "ip", bans: 0 } as const;

describe("createScoreSharing", () => {
	it("hands over what it saw once, and everything again when the store was away", () => {
		const world = createThreatWorld();
		world.request(mallory, attack);
		const [change] = world.desk.takeChanges(100).filter(({ kind }) => kind === "ip");
		expect(change).toMatchObject({ kind: "ip", value: "203.0.113.5", delta: 1.95 });
		expect(change?.causes).toHaveLength(1);
		expect(world.desk.takeChanges(100)).toEqual([]);
		if (change !== undefined) world.desk.putBack([change]);
		world.request(mallory, attack);
		const again = world.desk.takeChanges(100).find(({ kind }) => kind === "ip");
		expect(again?.delta).toBeCloseTo(3.9);
		expect(again?.causes).toHaveLength(2);
	});

	it("takes on what all nodes make of it, with what happened meanwhile", () => {
		const world = createThreatWorld();
		world.request(mallory, attack);
		world.desk.takeChanges(100);
		world.request(mallory, attack);
		world.desk.confirm([{ ...shared, score: 10, ageMs: 0 }]);
		expect(world.score(id)).toBeCloseTo(11.95);
	});

	it("bans when what other nodes saw makes it enough", () => {
		const world = createThreatWorld();
		world.request(mallory, attack);
		world.desk.takeEscalations();
		world.desk.takeChanges(100);
		world.desk.confirm([{ ...shared, score: 21, ageMs: 0 }]);
		expect(world.standing(mallory).level).toBe("ban");
		expect(world.desk.takeEscalations()).toMatchObject([{ level: "ban", score: 21 }]);
	});

	it("adopts others' scores with their age, and leaves telling of them to whoever saw it", () => {
		const world = createThreatWorld();
		world.desk.adopt([{ ...shared, score: 32, ageMs: 600_000 }]);
		expect(world.score(id)).toBeCloseTo(16);
		expect(world.standing(mallory).level).toBe("challenge");
		expect(world.desk.takeEscalations()).toEqual([]);
		world.desk.adopt([{ ...shared, score: 0, ageMs: 0 }]);
		expect(world.desk.scores.size()).toBe(0);
	});

	it("loses and doubles nothing between nodes, whatever fails in between", () => {
		const step = fc.constantFrom("attack", "send", "fail", "clean" as const);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
				const world = createThreatWorld({ thresholds: { ban: 1000 }, allowance: 0.5 });
				let stored = 0;
				const send = () => {
					const own = world.desk.takeChanges(100).find(({ kind }) => kind === "ip");
					if (own === undefined) return;
					stored = Math.max(0, stored + own.delta);
					world.desk.confirm([{ ...shared, score: stored, ageMs: 0 }]);
				};
				const act = {
					attack: () => world.request(mallory, attack),
					clean: () => world.request(mallory),
					send,
					fail: () => world.desk.putBack(world.desk.takeChanges(100)),
				} as const;
				for (const each of steps) act[each]();
				const last = world.desk.takeChanges(100).find(({ kind }) => kind === "ip");
				const local = world.score(id);
				expect(Math.max(0, stored + (last?.delta ?? 0))).toBeCloseTo(local, 1);
			}),
		);
	});
});
