import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitPeriod } from "./split-period.ts";

const hourMs = 3_600_000;
const at = (text: string) => new Date(`2026-03-${text}:00Z`);

describe("splitPeriod", () => {
	it("reads short periods from the ledger alone", () => {
		const period = { from: at("01T10:20"), to: at("01T16:20") };
		expect(splitPeriod(period, { nowMs: period.to.getTime(), stepSeconds: null })).toEqual([
			{ source: "ledger", ...period },
		]);
	});

	it("reads whole days from days, and finer what sticks out", () => {
		const period = { from: at("01T10:20"), to: at("04T07:30") };
		const pieces = splitPeriod(period, { nowMs: at("09T00:00").getTime(), stepSeconds: null });
		expect(pieces).toEqual([
			{ source: "ledger", from: at("01T10:20"), to: at("01T11:00") },
			{ source: 3600, from: at("01T11:00"), to: at("01T12:00") },
			{ source: 21_600, from: at("01T12:00"), to: at("02T00:00") },
			{ source: 86_400, from: at("02T00:00"), to: at("04T00:00") },
			{ source: 21_600, from: at("04T00:00"), to: at("04T06:00") },
			{ source: 3600, from: at("04T06:00"), to: at("04T07:00") },
			{ source: "ledger", from: at("04T07:00"), to: at("04T07:30") },
		]);
	});

	it("takes the present day as it is when the period ends now", () => {
		const period = { from: at("01T00:00"), to: at("04T07:30") };
		expect(splitPeriod(period, { nowMs: at("04T07:30").getTime(), stepSeconds: null })).toEqual([
			{ source: 86_400, from: at("01T00:00"), to: at("05T00:00") },
		]);
	});

	it("uses no cell that is longer than the chart's steps", () => {
		const period = { from: at("01T00:00"), to: at("08T00:00") };
		const pieces = splitPeriod(period, { nowMs: 0, stepSeconds: 21_600 });
		expect(pieces.map(({ source }) => source)).toEqual([21_600]);
	});

	it("covers every moment of a period once, with cells that begin at multiples of their length", () => {
		const minutes = fc.integer({ min: 0, max: 60 * 24 * 60 });
		fc.assert(
			fc.property(minutes, minutes, fc.boolean(), (start, length, endsNow) => {
				const from = new Date(Date.UTC(2026, 0, 1) + start * 60_000);
				const to = new Date(from.getTime() + (length + 1) * 60_000);
				const nowMs = endsNow ? to.getTime() : to.getTime() + 30 * 24 * hourMs;
				const pieces = splitPeriod({ from, to }, { nowMs, stepSeconds: null });
				expect(pieces[0]?.from).toEqual(from);
				const end = pieces.at(-1)?.to.getTime() ?? 0;
				if (endsNow) expect(end).toBeGreaterThanOrEqual(to.getTime());
				else expect(end).toBe(to.getTime());
				for (const [index, piece] of pieces.entries()) {
					if (index > 0) expect(piece.from).toEqual(pieces[index - 1]?.to);
					if (piece.source === "ledger") continue;
					expect(piece.from.getTime() % (piece.source * 1000)).toBe(0);
					expect(piece.to.getTime() % (piece.source * 1000)).toBe(0);
				}
			}),
		);
	});
});
