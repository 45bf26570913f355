import { describe, expect, it } from "vitest";
import { countNew } from "./new-requests.ts";

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

describe("countNew", () => {
	it("counts what the screen does not hold, also when it was recorded late", () => {
		const newest = { items: rows("e", "d", "late", "c"), nextCursor: "x" };
		expect(countNew(newest, rows("c", "b", "a"))).toEqual({ count: 3, isAtLeast: false });
	});

	it("says when there may be more than one page of them", () => {
		const newest = { items: rows("z", "y"), nextCursor: "x" };
		expect(countNew(newest, rows("b", "a"))).toEqual({ count: 2, isAtLeast: true });
		expect(countNew({ ...newest, nextCursor: null }, [])).toEqual({ count: 2, isAtLeast: false });
	});

	it("counts nothing while nothing is known", () => {
		expect(countNew(undefined, rows("a"))).toEqual({ count: 0, isAtLeast: false });
	});
});
