import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pending } from "./group-incidents.ts";
import { mergeCampaigns, namesMax, silenceMsMax } from "./merge-campaigns.ts";

function pending(changes: Partial<Pending>): Pending {
	return {
		actorKind: "ip",
		actor: "192.0.2.1",
		family: "manipulation",
		events: 1,
		blocked: 1,
		wouldBlock: 0,
		worst: 2,
		firstAt: 0,
		lastAt: 0,
		rules: ["firewall/r1"],
		keyIds: [],
		ips: ["192.0.2.1"],
		requestId: "r",
		...changes,
	};
}

describe("mergeCampaigns", () => {
	it("joins what lies no longer than the silence apart, in whatever order it comes", () => {
		const [round, ...more] = mergeCampaigns([
			pending({ firstAt: silenceMsMax, lastAt: silenceMsMax + 5, worst: 4, requestId: "worst" }),
			pending({ firstAt: 0, lastAt: 10, rules: ["firewall/r2"] }),
		]);
		expect(more).toEqual([]);
		expect(round).toEqual([
			pending({
				events: 2,
				blocked: 2,
				worst: 4,
				firstAt: 0,
				lastAt: silenceMsMax + 5,
				rules: ["firewall/r2", "firewall/r1"],
				requestId: "worst",
			}),
		]);
	});

	it("puts the next campaign of the same actor into the next round", () => {
		const rounds = mergeCampaigns([
			pending({ firstAt: 0, lastAt: 10 }),
			pending({ firstAt: silenceMsMax + 11, lastAt: silenceMsMax + 12 }),
			pending({ actor: "192.0.2.2" }),
		]);
		expect(rounds.map((round) => round.length)).toEqual([2, 1]);
	});

	it("loses no event, and names an actor and family at most once a round", () => {
		const row = fc.record({
			actor: fc.constantFrom("a", "b", "c"),
			family: fc.constantFrom("manipulation", "data"),
			firstAt: fc.integer({ min: 0, max: 20 * silenceMsMax }),
			events: fc.integer({ min: 1, max: 9 }),
			rules: fc.array(fc.string(), { maxLength: 60 }),
		});
		fc.assert(
			fc.property(fc.array(row), (rows) => {
				const given = rows.map((one) => pending({ ...one, lastAt: one.firstAt + 5 }));
				const rounds = mergeCampaigns(given);
				const events = (some: readonly Pending[]) => some.reduce((sum, one) => sum + one.events, 0);
				expect(events(rounds.flat())).toBe(events(given));
				for (const round of rounds) {
					const actors = round.map(({ actor, family }) => `${actor} ${family}`);
					expect(new Set(actors).size).toBe(actors.length);
				}
				const joined = rounds
					.flat()
					.filter(({ events: count, rules }) => count > 9 && rules.length > 0);
				for (const { rules } of joined) expect(rules.length).toBeLessThanOrEqual(namesMax);
			}),
		);
	});
});
