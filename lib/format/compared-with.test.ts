import { expect, it } from "vitest";
import { comparedWith } from "./compared-with.ts";

it("names the period before a preset or a custom range", () => {
	expect(comparedWith({ range: "1h" })).toBe("hour before");
	expect(comparedWith({ range: "24h", from: "2026-01-01T00:00:00.000Z" })).toBe("period before");
});
