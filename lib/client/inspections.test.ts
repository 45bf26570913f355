import { expect, it } from "vitest";
import { sharedChange } from "./inspections.ts";

it("a changed policy goes into a link unless it is too long for one", () => {
	expect(sharedChange({})).toBeNull();
	expect(sharedChange({ a: 1 })).toBe('{"a":1}');
	expect(sharedChange({ a: "x".repeat(5000) })).toBeNull();
});
