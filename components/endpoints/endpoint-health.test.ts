import { describe, expect, it } from "vitest";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { usedEndpoint } from "./__fixtures__/endpoint.ts";
import { healthOf, trafficOf } from "./endpoint-health.ts";

const at = "2026-03-04T05:06:07.000Z";
const { standing } = usedEndpoint;
const stateOf = (part: Partial<TargetEndpoint>) => healthOf({ ...usedEndpoint, ...part }).state;

describe("a target's health", () => {
	it("is good while its requests work", () => {
		expect(stateOf({})).toBe("ok");
	});

	it("is unknown before the first request and the first check", () => {
		const unused = { standing: { ...standing, latencyMs: null }, series: null };
		expect(stateOf(unused)).toBe("unused");
		expect(stateOf({ ...unused, lastCheck: { ok: true, latencyMs: 9, at } })).toBe("ok");
	});

	it("follows the circuit before everything but the switches", () => {
		const open = { standing: { ...standing, breaker: "open", failures: 5 } } as const;
		expect(healthOf({ ...usedEndpoint, ...open }).reason).toContain("5 failures in a row");
		expect(stateOf(open)).toBe("out");
		expect(stateOf({ standing: { ...standing, breaker: "half-open" } })).toBe("recovering");
		expect(stateOf({ ...open, isEnabled: false })).toBe("off");
		expect(stateOf({ ...open, isProviderEnabled: false })).toBe("off");
	});

	it("suffers from failures, failed checks and pauses", () => {
		expect(stateOf({ standing: { ...standing, success: 0.9 } })).toBe("degraded");
		expect(stateOf({ lastCheck: { ok: false, latencyMs: 9, at } })).toBe("degraded");
		expect(stateOf({ standing: { ...standing, coolingUntil: at } })).toBe("pausing");
	});
});

describe("a target's traffic", () => {
	it("is the sum over the slices", () => {
		expect(trafficOf(usedEndpoint)).toEqual({ requests: 10, failures: 1 });
		expect(trafficOf({ series: null })).toEqual({ requests: 0, failures: 0 });
	});
});
