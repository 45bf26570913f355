import { describe, expect, it } from "vitest";
import type { Provider } from "../../lib/contracts/providers.ts";
import { healthOf } from "./provider-health.ts";

const quiet: Provider["health"] = { errorRate: null, latencyMsP50: null, requests: 0, check: null };
const at = "2026-03-04T05:06:07.000Z";
const ok = { status: "ok", message: "Connected.", latencyMs: 12, at } as const;
const failed = { status: "failed", message: "The key was refused.", latencyMs: 12, at } as const;
const stateOf = (health: Partial<Provider["health"]>, isEnabled = true) =>
	healthOf({ isEnabled, health: { ...quiet, ...health } }).state;

describe("healthOf", () => {
	it("says nothing about a provider that nobody checked or used", () => {
		expect(stateOf({})).toBe("unknown");
	});

	it("goes by the last check when there is no traffic", () => {
		expect(stateOf({ check: ok })).toBe("healthy");
		expect(stateOf({ check: failed })).toBe("failing");
	});

	it("goes by the traffic when nobody checked", () => {
		expect(stateOf({ requests: 3, errorRate: 0 })).toBe("healthy");
	});

	it("lets failing traffic outweigh a good check", () => {
		expect(stateOf({ check: ok, requests: 100, errorRate: 0.06 })).toBe("degraded");
		expect(stateOf({ check: ok, requests: 100, errorRate: 0.5 })).toBe("failing");
	});

	it("does not call one failure among a few requests an outage", () => {
		expect(stateOf({ check: ok, requests: 2, errorRate: 0.5 })).toBe("healthy");
	});

	it("calls a provider that is switched off disabled, whatever else is known", () => {
		expect(stateOf({ check: failed }, false)).toBe("disabled");
	});

	it("gives the check's own words as the reason of a failure", () => {
		expect(healthOf({ isEnabled: true, health: { ...quiet, check: failed } }).reason).toBe(
			"The key was refused.",
		);
	});
});
