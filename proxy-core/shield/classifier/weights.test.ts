import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { readWeights, writeWeights } from "./weights.ts";

describe("weights", () => {
	const folder = mkdtempSync(join(tmpdir(), "weights-"));
	const file = join(folder, "weights.bin");

	it("are read as they were written", () => {
		const weights = readWeights();
		writeFileSync(file, writeWeights(weights));
		expect(readWeights(pathToFileURL(file))).toEqual(weights);
	});

	it("are refused when a part is missing", () => {
		writeFileSync(file, writeWeights(readWeights()).subarray(0, -5));
		expect(() => readWeights(pathToFileURL(file))).toThrow("bytes instead of");
		rmSync(folder, { recursive: true });
	});

	it("block later than they flag, for every kind of text", () => {
		for (const { flag, block } of Object.values(readWeights().calibration)) {
			expect(block).toBeGreaterThan(flag);
		}
	});
});
