import { describe, expect, it } from "vitest";
import { stageTitle } from "./stage-words.ts";

describe("stageTitle", () => {
	it("leaves the name of an unknown stage as it is", () => {
		expect(stageTitle("dispatch")).toBe("Dispatch");
		expect(stageTitle("ring:new")).toBe("ring:new");
	});
});
