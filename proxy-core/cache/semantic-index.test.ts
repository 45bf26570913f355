import { describe, expect, it } from "vitest";
import { createSemanticIndex, unit } from "./semantic-index.ts";

function vector(...values: number[]): Float32Array {
	const made = unit(values);
	if (made === undefined) throw new Error("The test gave a vector without direction.");
	return made;
}

describe("createSemanticIndex", () => {
	it("finds the nearest question at or above the threshold", () => {
		const index = createSemanticIndex();
		index.add("p", { vector: vector(1, 0), key: "east" });
		index.add("p", { vector: vector(1, 1), key: "north-east" });
		const query = { partition: "p", vector: vector(1, 0.9) };
		expect(index.nearest({ ...query, threshold: 0.9 })?.key).toBe("north-east");
		expect(index.nearest({ ...query, threshold: 0.9999 })).toBeUndefined();
	});

	it("never looks into another partition", () => {
		const index = createSemanticIndex();
		index.add("tenant-a", { vector: vector(1, 0), key: "a" });
		const query = { partition: "tenant-b", vector: vector(1, 0), threshold: 0.5 };
		expect(index.nearest(query)).toBeUndefined();
	});

	it("does not compare vectors of different models' lengths", () => {
		const index = createSemanticIndex();
		index.add("p", { vector: vector(1, 0, 0), key: "three" });
		expect(index.nearest({ partition: "p", vector: vector(1, 0), threshold: 0.5 })).toBeUndefined();
	});

	it("keeps the youngest questions of a full partition", () => {
		const index = createSemanticIndex();
		for (let angle = 0; angle <= 1000; angle++) {
			const radians = angle / 1000;
			index.add("p", { vector: vector(Math.cos(radians), Math.sin(radians)), key: `${angle}` });
		}
		const oldest = { partition: "p", vector: vector(1, 0), threshold: 0.999_999_9 };
		expect(index.nearest(oldest)?.key).not.toBe("0");
		expect(index.nearest({ ...oldest, threshold: 0.99 })?.key).toBe("1");
	});
});

describe("unit", () => {
	it("has no answer for a vector without direction", () => {
		expect(unit([0, 0])).toBeUndefined();
		expect(unit([Number.NaN, 1])).toBeUndefined();
	});
});
