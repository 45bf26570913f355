import { describe, expect, it } from "vitest";
import { readControl } from "./guard-control.ts";
import { beforeOf, controlBefore } from "./undo-change.ts";

const control = readControl({
	mode: "off",
	rules: { jwt: { mode: "monitor" } },
	scope: { teamIds: ["t1"] },
});

describe("undoing a change of a guard", () => {
	it("takes the values from before, and the default where none was set", () => {
		expect(
			beforeOf([
				{ field: "mode", before: '"enforce"', after: '"off"' },
				{ field: "threshold", before: "0.8", after: "0.9" },
				{ field: "rules", before: null, after: '{"jwt":{"mode":"monitor"}}' },
			]),
		).toEqual({ mode: "enforce", threshold: 0.8, rules: undefined });
	});

	it("leaves alone what the change did not touch", () => {
		expect(controlBefore(control, { rules: undefined }, "enforce")).toEqual({
			...control,
			rules: {},
		});
	});

	it("goes back to the guard's own mode where none was set", () => {
		expect(controlBefore(control, { mode: undefined }, "monitor").mode).toBe("monitor");
	});
});
