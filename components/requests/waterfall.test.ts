import { describe, expect, it } from "vitest";
import { toWaterfall } from "./waterfall.ts";

const request = {
	outcome: "answered" as const,
	action: "redact" as const,
	durationMs: 812.5,
	firstByteMs: 610,
	stages: [
		{ name: "receive", startMs: 0, durationMs: 0.02, action: "allow" as const },
		{ name: "authenticate", startMs: 0.02, durationMs: 0.18, action: "allow" as const },
		{
			name: "dispatch",
			startMs: 0.4,
			durationMs: 609.6,
			action: "allow" as const,
			note: "openai/x answered with status 200",
		},
		{ name: "respond", startMs: 610, durationMs: 202.4, action: "redact" as const },
	],
	attempts: [
		{
			provider: "a",
			model: "x",
			startMs: 0.5,
			durationMs: 100,
			status: 503,
			error: "upstream.failed",
		},
		{ provider: "b", model: "x", startMs: 101, durationMs: 508, status: 200 },
	],
};

describe.each(["compressed", "true"] as const)("a waterfall on the %s scale", (scale) => {
	const waterfall = toWaterfall(request, scale);

	it("keeps the order of time, and every bar inside the whole", () => {
		for (const { bar, inner } of waterfall.rows) {
			for (const { left, width } of [bar, ...inner]) {
				expect(left).toBeGreaterThanOrEqual(0);
				expect(width).toBeGreaterThan(0);
				expect(left + width).toBeLessThanOrEqual(1 + 1e-9);
			}
		}
		const stages = waterfall.rows.filter((row) => row.kind === "stage");
		const lefts = stages.map((row) => row.bar.left);
		expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
	});

	it("begins a step where the one before ended", () => {
		const [receive, authenticate] = waterfall.rows;
		expect(authenticate?.bar.left).toBeCloseTo(
			(receive?.bar.left ?? 0) + (receive?.bar.width ?? 0),
			12,
		);
	});

	it("puts the attempts inside the dispatch, and below it as rows", () => {
		const dispatch = waterfall.rows.findIndex((row) => row.title === "Dispatch");
		const [bar, inner] = [waterfall.rows[dispatch]?.bar, waterfall.rows[dispatch]?.inner];
		expect(inner).toHaveLength(2);
		for (const attempt of inner ?? []) {
			expect(attempt.left).toBeGreaterThan(bar?.left ?? 1);
			expect(attempt.left + attempt.width).toBeLessThan((bar?.left ?? 0) + (bar?.width ?? 0));
		}
		expect(waterfall.rows.slice(dispatch + 1, dispatch + 3).map((row) => row.title)).toEqual([
			"a/x",
			"b/x",
		]);
	});

	it("says of an attempt how it ended", () => {
		const attempts = waterfall.rows.filter((row) => row.kind === "attempt");
		expect(attempts.map(({ action, note }) => [action, note])).toEqual([
			["error", "status 503, The model's provider failed."],
			[null, "status 200"],
		]);
	});

	it("ticks from zero to the end without crowding", () => {
		const { ticks } = waterfall;
		expect(ticks[0]).toEqual({ atMs: 0, left: 0 });
		expect(ticks.at(-1)?.atMs).toBe(812.5);
		const distances = ticks.slice(1).map((tick, index) => tick.left - (ticks[index]?.left ?? 0));
		expect(Math.min(...distances)).toBeGreaterThanOrEqual(0.13);
	});

	it("marks the first byte", () => {
		expect(waterfall.firstByte?.atMs).toBe(610);
		expect(waterfall.firstByte?.left).toBeCloseTo(waterfall.rows.at(-1)?.bar.left ?? 0, 9);
	});
});

describe("the two scales", () => {
	it("differ in whether a step of microseconds can be seen", () => {
		const width = (scale: "compressed" | "true") =>
			toWaterfall(request, scale).rows.find((row) => row.title === "Authenticate")?.bar.width ?? 0;
		expect(width("true")).toBeLessThan(0.001);
		expect(width("compressed")).toBeGreaterThan(0.02);
	});
});

describe("a step that ended the request", () => {
	const stages = [{ name: "parse", startMs: 0, durationMs: 0.1, action: "block" as const }];
	const endingOf = (action: "allow" | "block") =>
		toWaterfall({ ...request, stages, outcome: "refused", action }, "true").rows[0]?.action;

	it("refused it, unless a policy blocked it", () => {
		expect(endingOf("allow")).toBe("refuse");
		expect(endingOf("block")).toBe("block");
	});
});

describe("a request without any step", () => {
	it("has no rows and no width to divide by", () => {
		const waterfall = toWaterfall(
			{ ...request, durationMs: 0, firstByteMs: null, stages: [], attempts: [] },
			"compressed",
		);
		expect(waterfall).toEqual({
			rows: [],
			ticks: [{ atMs: 0, left: 0 }],
			firstByte: null,
			totalMs: 0,
		});
	});
});
