import { describe, expect, it } from "vitest";
import { defaultSettings } from "../contract/settings.ts";
import type { Connector } from "../providers/define-provider.ts";
import { target } from "./__fixtures__/targets.ts";
import { createDecayingMean } from "./decaying-mean.ts";
import { createTargetBoard } from "./target-board.ts";

function start() {
	const clock = { now: 1_000_000 };
	const settings = { ...defaultSettings.routing, failuresToOpen: 2, openMs: 1000 };
	const board = createTargetBoard({
		now: () => clock.now,
		settings: () => settings,
		entriesMax: 3,
	});
	const fail = (id: string, telling: "health" | "noted" | "nothing" = "health") =>
		board.begin(target(id))?.failed({ code: "upstream.failed", telling });
	return { clock, board, fail };
}

const a = target("p/a");

describe("createDecayingMean", () => {
	it("counts what happened a half-life ago half as much", () => {
		const mean = createDecayingMean(1000);
		mean.add(0, 0);
		mean.add(3, 1000);
		expect(mean.mean()).toBeCloseTo(2, 10);
	});

	it("takes several values of one moment equally and fades into the prior", () => {
		const mean = createDecayingMean(1000);
		for (const value of [0, 0, 0]) mean.add(value, 0);
		expect(mean.mean()).toBe(0);
		expect(mean.meanWithPrior(1, 0)).toBeCloseTo(0.25, 10);
		expect(mean.meanWithPrior(1, 100_000)).toBeCloseTo(1, 6);
	});
});

describe("createTargetBoard", () => {
	it("counts requests under way until the end of their answers, each once", () => {
		const { board } = start();
		const first = board.begin(a);
		const second = board.begin(a);
		first?.answered(50);
		expect(board.standing(a)).toMatchObject({ inFlight: 2, latencyMs: 50 });
		first?.ended();
		first?.ended();
		second?.failed({ code: "upstream.timeout", telling: "health" });
		second?.ended();
		expect(board.standing(a).inFlight).toBe(0);
	});

	it("takes a target out of service and back, and looking at it uses no probe up", () => {
		const { board, clock, fail } = start();
		fail("p/a");
		fail("p/a");
		expect(board.standing(a).availability).toBe("open");
		expect(board.begin(a)).toBeUndefined();
		expect(board.waitMs(a)).toBe(1000);
		clock.now += 1000;
		for (let look = 0; look < 20; look++) expect(board.view(a)?.breaker).toBe("half-open");
		const probe = board.begin(a);
		expect(board.view(a)?.probes).toBe(1);
		probe?.answered(10);
		probe?.ended();
		expect(board.view(a)).toMatchObject({ breaker: "closed", failures: 0 });
	});

	it("counts an answer that breaks off in the middle as a failure", () => {
		const { board } = start();
		for (let count = 0; count < 2; count++) {
			const flight = board.begin(a);
			flight?.answered(5);
			flight?.failed({ code: "upstream.interrupted", telling: "health" });
		}
		expect(board.view(a)).toMatchObject({
			breaker: "open",
			lastError: { code: "upstream.interrupted" },
		});
	});

	it("lets no caller open a circuit with requests that are at fault themselves", () => {
		const { board, fail } = start();
		for (let count = 0; count < 10; count++) fail("p/a", "nothing");
		expect(board.standing(a)).toMatchObject({ availability: "available", success: 1 });
		for (let count = 0; count < 10; count++) fail("p/a", "noted");
		expect(board.standing(a).availability).toBe("available");
		expect(board.standing(a).success).toBeLessThan(0.2);
	});

	it("puts a target that asked for a pause last for as long as it asked, at most five minutes", () => {
		const { board, clock } = start();
		const pausedFor = (retryAfterMs: number | undefined) =>
			board
				.begin(a)
				?.failed({ code: "upstream.rate_limited", telling: "noted", pause: { retryAfterMs } });
		pausedFor(20_000);
		pausedFor(undefined);
		expect(board.view(a)?.coolingUntilMs).toBe(clock.now + 20_000);
		clock.now += 20_000;
		expect(board.standing(a).availability).toBe("available");
		pausedFor(86_400_000);
		clock.now += 300_000;
		expect(board.standing(a).availability).toBe("available");
	});

	it("forgets what it knew when an operator changed the provider", () => {
		const { board, fail } = start();
		fail("p/a");
		fail("p/a");
		const changed = target("p/a", { connector: {} as Connector });
		expect(board.standing(changed).availability).toBe("available");
		expect(board.begin(changed)).toBeDefined();
	});

	it("keeps ten minutes of latency in slices of ten seconds", () => {
		const { board, clock } = start();
		board.begin(a)?.answered(100);
		board.begin(a)?.answered(300);
		clock.now += 30_000;
		board.begin(a)?.failed({ code: "upstream.failed", telling: "health" });
		const series = board.view(a)?.series;
		expect(series?.latencyMs).toHaveLength(60);
		expect(series?.latencyMs[56]).toBe(200);
		expect(series?.requests.slice(56)).toEqual([2, 0, 0, 1]);
		expect(series?.failures[59]).toBe(1);
		clock.now += 600_000;
		expect(board.view(a)?.series?.requests.some((count) => count > 0)).toBe(false);
	});

	it("remembers a bounded number of targets", () => {
		const { board, fail } = start();
		for (const id of ["p/a", "p/b", "p/c", "p/d"]) fail(id);
		expect(board.view(a)).toBeUndefined();
		expect(board.view(target("p/d"))).toBeDefined();
	});

	it("gives each name its own turns, and peeking takes none", () => {
		const { board } = start();
		expect([board.turn("x"), board.turn("x"), board.peekTurn("x"), board.turn("y")]).toEqual([
			0, 1, 2, 0,
		]);
	});
});
