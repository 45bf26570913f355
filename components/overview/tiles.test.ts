import { describe, expect, it } from "vitest";
import type { Overview, OverviewTotals } from "../../lib/contracts/overview.ts";
import { tilesOf } from "./tiles.ts";

const totals: OverviewTotals = {
	requests: 200,
	refused: 12,
	blocked: 8,
	failed: 3,
	costMicroUsd: 1_250_000,
	unpricedRequests: 0,
	inputTokens: 12_345,
	outputTokens: 678,
	latencyMsP50: 400,
	latencyMsP95: 1240,
	overheadMsP50: 0.9,
};

function overviewWith(current: Partial<OverviewTotals>): Overview {
	return {
		from: "2026-01-01T00:00:00.000Z",
		to: "2026-01-02T00:00:00.000Z",
		bucketSeconds: 3600,
		current: { ...totals, ...current },
		previous: { ...totals, requests: 100, latencyMsP95: null },
		buckets: [],
		topModels: [],
		topKeys: [],
		errors: [],
		warnings: [],
	};
}

function tile(id: string, current: Partial<OverviewTotals> = {}) {
	return tilesOf(overviewWith(current), { range: "24h" }).find((one) => one.id === id);
}

describe("tilesOf", () => {
	it("says a number, its trend and where it leads", () => {
		expect(tile("requests")).toMatchObject({
			value: "200",
			trend: { kind: "up", change: 1 },
			href: "/requests?range=24h",
		});
		expect(tile("blocked")?.href).toBe("/requests?range=24h&action=block");
		expect(tile("failed")).toMatchObject({ value: "3", hint: "1.5 % of requests" });
	});

	it("parts a duration into number and unit", () => {
		expect(tile("latency")).toMatchObject({
			value: "1.24",
			unit: "s",
			trend: { kind: "none" },
			hint: "Gateway adds 0.9 ms (p50)",
		});
	});

	it("shows no number where nothing was measured", () => {
		const latency = tile("latency", { latencyMsP95: null, overheadMsP50: null });
		expect(latency).toMatchObject({ value: "–", hint: "Nothing measured" });
		expect(latency).not.toHaveProperty("unit");
	});

	it("warns of requests whose cost is unknown", () => {
		expect(tile("spend")).not.toHaveProperty("isWarning");
		expect(tile("spend", { unpricedRequests: 1 })).toMatchObject({
			hint: "1 request without a price",
			isWarning: true,
		});
	});
});
