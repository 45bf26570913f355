import { describe, expect, it } from "vitest";
import { usedEndpoint } from "./__fixtures__/endpoint.ts";
import {
	failureMarks,
	latencyInWords,
	latencyPath,
	seriesPoints,
	withoutGaps,
} from "./latency-path.ts";

const box = { width: 104, height: 24 };
const series = usedEndpoint.series ?? expect.fail("The fixture has a series.");

describe("the latency sparkline", () => {
	it("leaves gaps open and makes a dot of a slice that stands alone", () => {
		expect(latencyPath([10, 10, null, 20, null], box)).toBe("M2 12h0L27 12M77 2h0");
	});

	it("lies on the ground when everything took no time, and is empty without measures", () => {
		expect(latencyPath([0, 0], box)).toBe("M2 22h0L102 22");
		expect(latencyPath([null, null], box)).toBe("");
	});

	it("marks the slices with failures", () => {
		expect(failureMarks([0, 2, 0, 0, 1], box.width)).toEqual([27, 102]);
	});

	it("can be said in a sentence", () => {
		expect(latencyInWords(series)).toBe(
			"10 requests in ten minutes, 1 failed; first byte after 100 ms to 140 ms.",
		);
		expect(latencyInWords({ ...series, latencyMs: [null, null, null] })).toContain(
			"nothing measured",
		);
	});
});

describe("the latency chart", () => {
	it("has a point for each slice", () => {
		const points = seriesPoints(series);
		expect(points.map(({ values }) => values["latencyMs"])).toEqual([100, null, 140]);
		expect((points[1]?.at ?? 0) - (points[0]?.at ?? 0)).toBe(series.stepMs);
	});

	it("has a table without empty slices", () => {
		const table = {
			headers: ["Time", "x"],
			rows: [
				["a", "1"],
				["b", "–"],
			],
		};
		expect(withoutGaps(table).rows).toEqual([["a", "1"]]);
	});
});
