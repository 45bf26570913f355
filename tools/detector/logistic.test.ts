import { describe, expect, it } from "vitest";
import { applyLinear, trainLogistic } from "./logistic.ts";
import { writeTemplateTexts } from "./write-templates.ts";

const rows = Array.from({ length: 200 }, (_, index) => ({
	features: Int32Array.from(index % 2 === 0 ? [0, 2 + (index % 5)] : [1, 2 + (index % 5)]),
	isPositive: index % 2 === 0,
	weight: 1,
}));
const options = { size: 8, cost: 1, rounds: 20, seed: 3 };

describe("trainLogistic", () => {
	it("learns which feature decides", () => {
		const model = trainLogistic(rows, options);
		expect(applyLinear(model, Int32Array.of(0, 3))).toBeGreaterThan(1);
		expect(applyLinear(model, Int32Array.of(1, 3))).toBeLessThan(-1);
	});

	it("gives the same model for the same seed", () => {
		expect(trainLogistic(rows, options)).toEqual(trainLogistic(rows, options));
	});

	it("leaves rows without weight out", () => {
		const others = rows.map((row) => ({ ...row, isPositive: !row.isPositive, weight: 0 }));
		expect(trainLogistic([...rows, ...others], options)).toEqual(trainLogistic(rows, options));
	});
});

describe("writeTemplateTexts", () => {
	it("writes the same texts again, with no slot left open", () => {
		const texts = writeTemplateTexts(5);
		expect(writeTemplateTexts(5)).toEqual(texts);
		expect(texts.filter(({ text }) => /\{\w+\}/.test(text)).map(({ text }) => text)).toEqual([]);
		expect(texts.some(({ isAttack }) => isAttack)).toBe(true);
	});
});
