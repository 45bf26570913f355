import { describe, expect, it } from "vitest";
import { neighboursOf } from "./neighbours.ts";

const rows = [{ id: "c" }, { id: "b" }, { id: "a" }];

describe("neighboursOf", () => {
	it("finds the rows around a request", () => {
		expect(neighboursOf(rows, "b")).toEqual({ newer: "c", older: "a" });
		expect(neighboursOf(rows, "c")).toEqual({ newer: undefined, older: "b" });
		expect(neighboursOf(rows, "a")).toEqual({ newer: "b", older: undefined });
	});

	it("finds none for a request that is not in the list", () => {
		expect(neighboursOf(rows, "x")).toEqual({ newer: undefined, older: undefined });
	});
});
