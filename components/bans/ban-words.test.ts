import { describe, expect, it } from "vitest";
import { requestsOf, secondsOf, splitName } from "./ban-words.ts";

describe("splitName", () => {
	it("tells the tenant from the name, and leaves everything else as it is", () => {
		expect(splitName("user", "team:a/alice/b")).toEqual({ tenant: "team:a", name: "alice/b" });
		expect(splitName("session", "x/y")).toEqual({ tenant: undefined, name: "x/y" });
		expect(splitName("ip", "203.0.113.0/24")).toEqual({
			tenant: undefined,
			name: "203.0.113.0/24",
		});
	});
});

describe("requestsOf", () => {
	it("leads to the requests of addresses and keys", () => {
		expect(requestsOf("ip", "203.0.113.7")).toBe("/requests?ip=203.0.113.7&range=7d");
		expect(requestsOf("key", "k1")).toBe("/requests?keyId=k1&range=7d");
		expect(requestsOf("ip", "203.0.113.0/24")).toBeUndefined();
		expect(requestsOf("session", "s")).toBeUndefined();
	});
});

describe("secondsOf", () => {
	it("knows no end of a ban without one", () => {
		expect(secondsOf("forever")).toBeNull();
		expect(secondsOf("3600")).toBe(3600);
	});
});
