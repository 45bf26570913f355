import { describe, expect, it } from "vitest";
import { requestsOfBudget } from "./requests-of-budget.ts";

const now = new Date("2026-03-16T12:00:00.000Z");
const windowStart = "2026-03-01T00:00:00.000Z";

describe("requestsOfBudget", () => {
	it("narrows to the subject and the window", () => {
		const href = requestsOfBudget(
			{ scope: "team", subject: { id: "t1", name: "Search" }, windowStart },
			now,
		);
		expect(Object.fromEntries(new URL(href, "http://localhost").searchParams)).toEqual({
			from: windowStart,
			to: now.toISOString(),
			teamId: "t1",
		});
	});

	it("shows everything for the organisation and for each", () => {
		const whole = requestsOfBudget({ scope: "organisation", subject: null, windowStart }, now);
		const subject = { id: "*", name: null };
		expect(requestsOfBudget({ scope: "key", subject, windowStart }, now)).toBe(whole);
	});

	it("asks for the last month of what never begins anew", () => {
		const forever = {
			scope: "organisation",
			subject: null,
			windowStart: new Date(0).toISOString(),
		} as const;
		expect(requestsOfBudget(forever, now)).toBe("/requests?range=30d");
	});
});
