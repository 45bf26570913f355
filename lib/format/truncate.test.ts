import { expect, test } from "vitest";
import { sparklinePath } from "./sparkline-path.ts";
import { truncateMiddle } from "./truncate.ts";

test("a long text loses its middle and keeps both ends", () => {
	expect(truncateMiddle("req_0193f1eefa8c4d1e1", 12)).toBe("req_01…4d1e1");
	expect(truncateMiddle("short", 12)).toBe("short");
});

test("a sparkline stays in its box and stands on zero", () => {
	expect(sparklinePath([0, 10, 5], { width: 20, height: 12 })).toBe("M0 10.5L10 1.5L20 6");
	expect(sparklinePath([0, 0], { width: 20, height: 12 })).toBe("M0 10.5L20 10.5");
	expect(sparklinePath([1], { width: 20, height: 12 })).toBe("");
});
