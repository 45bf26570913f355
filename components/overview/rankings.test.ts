import { describe, expect, it } from "vitest";
import type { Overview } from "../../lib/contracts/overview.ts";
import { rankedErrors, rankedKeys, rankedModels } from "./rankings.ts";

const group = { id: "openai/x", label: "openai/x", requests: 40, costMicroUsd: 20_000, failed: 0 };
const overview: Pick<Overview, "topModels" | "topKeys" | "errors"> = {
	topModels: [group],
	topKeys: [{ ...group, id: "k1", label: "CI", failed: 2 }],
	errors: [
		{ code: "guardrail_blocked", requests: 9 },
		{ code: "upstream_failed", requests: 5 },
		{ code: "client_closed_request", requests: 2 },
		{ code: "from_a_newer_version", requests: 1 },
	],
};
describe("the overview's rankings", () => {
	it("lead to the requests behind a bar", () => {
		expect(rankedModels(overview, { range: "1h" })[0]).toEqual({
			id: "openai/x",
			label: "openai/x",
			value: 40,
			note: "$0.02",
			href: "/requests?range=1h&provider=openai&model=x",
		});
		expect(rankedKeys(overview, { range: "1h" })[0]).toMatchObject({
			note: "$0.02 · 2 failed",
			href: "/requests?range=1h&keyId=k1",
		});
	});

	it("do not call an unknown cost zero", () => {
		const topModels = [{ ...group, costMicroUsd: 0 }];
		expect(rankedModels({ topModels }, { range: "1h" })[0]).not.toHaveProperty("note");
	});

	it("say errors in words and lead to the requests with that code", () => {
		const errors = rankedErrors(overview, { range: "24h" });
		expect(errors[0]?.label).toBe("The request was blocked by policy");
		expect(errors.map(({ href }) => href.split("errorCode=")[1])).toEqual(
			errors.map(({ id }) => id),
		);
		expect(errors[3]?.label).toBe("from_a_newer_version");
	});
});
