import { describe, expect, it } from "vitest";
import { neighbour, readState } from "./triage-state.ts";

describe("readState", () => {
	it("shows what is open or acknowledged when the address says nothing", () => {
		expect(readState(new URLSearchParams())).toEqual({
			question: { state: "active" },
			incident: undefined,
		});
	});

	it("leaves out what the endpoint would refuse", () => {
		const params = new URLSearchParams(
			"state=lost&severity=awful&family=data&assignee=me&search=+x+",
		);
		expect(readState(params).question).toEqual({
			state: "active",
			family: "data",
			assignee: "me",
			search: "x",
		});
	});
});

describe("neighbour", () => {
	const ids = ["a", "b", "c"];

	it("goes down and up, and stays at the ends", () => {
		expect(neighbour(ids, "a", 1)).toBe("b");
		expect(neighbour(ids, "b", -1)).toBe("a");
		expect(neighbour(ids, "c", 1)).toBe("c");
		expect(neighbour(ids, "a", -1)).toBe("a");
	});

	it("begins with the first when none or an incident of another list is open", () => {
		expect(neighbour(ids, undefined, -1)).toBe("a");
		expect(neighbour(ids, "z", 1)).toBe("a");
		expect(neighbour([], undefined, 1)).toBeUndefined();
	});
});
