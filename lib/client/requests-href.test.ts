import { describe, expect, it } from "vitest";
import { requestsHref } from "./requests-href.ts";

describe("requestsHref", () => {
	it("keeps a preset range", () => {
		expect(requestsHref({ range: "7d" })).toBe("/requests?range=7d");
	});

	it("keeps a custom range instead of the preset", () => {
		const href = requestsHref({
			range: "24h",
			from: "2026-01-02T03:00:00.000Z",
			to: "2026-01-02T04:00:00.000Z",
		});
		const query = new URL(href, "http://console.invalid").searchParams;
		expect(Object.fromEntries(query)).toEqual({
			from: "2026-01-02T03:00:00.000Z",
			to: "2026-01-02T04:00:00.000Z",
		});
	});

	it("adds filters and escapes what callers chose", () => {
		expect(requestsHref({ range: "1h" }, { outcome: "failed", model: "a/b&c" })).toBe(
			"/requests?range=1h&outcome=failed&model=a%2Fb%26c",
		);
	});
});
