import { expect, it } from "vitest";
import { fill } from "./measurements.ts";

it("replaces what stands between two marks and leaves the rest", () => {
	const text = "a\n<!-- measured:x -->\nold\n<!-- /measured:x -->\nb";
	expect(fill(text, "x", "new")).toBe("a\n<!-- measured:x -->\nnew\n<!-- /measured:x -->\nb");
	expect(fill(fill(text, "x", "new"), "x", "new")).toBe(fill(text, "x", "new"));
});

it("refuses a text without the marks", () => {
	expect(() => fill("nothing here", "x", "new")).toThrow(/no place marked/);
});
