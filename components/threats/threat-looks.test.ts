import { describe, expect, it } from "vitest";
import { threatSeries } from "../../lib/contracts/threats.ts";
import { threatCategories } from "../../proxy-core/contract/threats.ts";
import { looksOf, seriesWords } from "./threat-looks.ts";

describe("looksOf", () => {
	it("tells every series of a chart apart by colour and ground together", () => {
		for (const by of threatSeries) {
			const looks = looksOf(by, Object.keys(seriesWords[by]));
			const seen = new Set(looks.map(({ color, hatch }) => `${color} ${hatch}`));
			expect(seen.size, by).toBe(looks.length);
		}
	});

	it("gives a category the same look whatever else there is", () => {
		const [alone] = looksOf("category", ["flood"]);
		const among = looksOf("category", threatCategories).find(({ id }) => id === "flood");
		expect(alone).toEqual(among);
	});

	it("stacks in the order of the list, and what it does not know on top", () => {
		const ids = looksOf("severity", ["critical", "of-tomorrow", "low"]).map(({ id }) => id);
		expect(ids).toEqual(["low", "critical", "of-tomorrow"]);
	});
});
