import { describe, expect, it } from "vitest";
import { personas } from "./personas.ts";
import { attackScenarios } from "./scenarios.ts";

describe("the simulated attacks", () => {
	it("ask only the simulator, whatever the turn", () => {
		for (const scenario of attackScenarios) {
			for (let turn = 0; turn < 20; turn += 1) {
				const bodies = scenario.bodies(turn);
				expect(bodies.length, scenario.name).toBeGreaterThan(0);
				for (const body of bodies) expect(body).toMatchObject({ model: "simulator/echo" });
			}
		}
	});

	it("grow by one question each turn in a conversation", () => {
		const escalation = attackScenarios.find(({ name }) => name.startsWith("escalation"));
		const bodies = (escalation?.bodies(0) ?? []) as { messages: unknown[] }[];
		expect(bodies.map(({ messages }) => messages.length)).toEqual([1, 3, 5, 7, 9]);
	});

	it("come from people of both kinds, at addresses set aside for documentation", () => {
		expect(new Set(personas.map(({ isHostile }) => isHostile))).toEqual(new Set([true, false]));
		for (const { address } of personas) expect(address).toMatch(/^(203\.0\.113|198\.51\.100)\./);
	});
});
