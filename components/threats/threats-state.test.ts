import { describe, expect, it } from "vitest";
import { threatGroups, threatSeries } from "../../lib/contracts/threats.ts";
import { eventsHref, filtersOfAttacker, filtersOfGroup, readState } from "./threats-state.ts";

const state = (text: string) => readState(new URLSearchParams(text));

describe("readState", () => {
	it("shows the last day by layer when the address says nothing", () => {
		expect(state("")).toMatchObject({
			tab: "now",
			by: "layer",
			filters: {},
			question: { range: "24h" },
		});
	});

	it("reads filters, and leaves out what the endpoints would refuse", () => {
		const read = state(
			`tab=events&layer=firewall&severity=awful&rule=${"x".repeat(201)}&ip=192.0.2.1`,
		);
		expect(read.tab).toBe("events");
		expect(read.filters).toEqual({ layer: "firewall", ip: "192.0.2.1" });
	});
});

describe("eventsHref", () => {
	it("keeps range and filters, and adds what one clicked on", () => {
		const href = eventsHref(state("range=7d&layer=shield"), { endUser: "a b&c" });
		const params = new URL(href, "http://localhost").searchParams;
		expect(Object.fromEntries(params)).toEqual({
			tab: "events",
			range: "7d",
			layer: "shield",
			endUser: "a b&c",
		});
	});
});

describe("filters of what is counted", () => {
	it("part a rule into its guard and its name, at the first slash", () => {
		expect(filtersOfGroup("rule", "firewall/sql/union")).toEqual({
			guard: "firewall",
			rule: "sql/union",
		});
	});

	it("exist for every group and series, and not for words of another version", () => {
		const ids = { layer: "shield", category: "injection", severity: "high", action: "would-block" };
		for (const group of [...threatGroups, ...threatSeries]) {
			const id = ids[group as keyof typeof ids] ?? (group === "country" ? "NO" : "a/b");
			expect(Object.keys(filtersOfGroup(group, id) ?? {}), group).not.toEqual([]);
		}
		expect(filtersOfGroup("layer", "of-tomorrow")).toBeUndefined();
	});

	it("name one attacker", () => {
		expect(filtersOfAttacker("user", "u1")).toEqual({ endUser: "u1" });
		expect(filtersOfAttacker("key", "k1")).toEqual({ keyId: "k1" });
	});
});
