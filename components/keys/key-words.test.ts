import { describe, expect, it } from "vitest";
import type { Key } from "../../lib/contracts/keys.ts";
import { filterKeys, fixedBecause, limitInWords } from "./key-words.ts";

const base: Key = {
	id: "a",
	name: "CI runner",
	prefix: "sk-llmproxy-a-",
	origin: "console",
	status: "active",
	owner: { id: "u1", name: "Ada" },
	team: { id: "t1", name: "Platform" },
	allowedModels: [],
	allowedEndpoints: ["models"],
	requestsPerMinute: null,
	expiresAt: null,
	revokedAt: null,
	rotatedAt: null,
	graceUntil: null,
	lastUsedAt: null,
	createdAt: "2026-03-04T05:06:07.000Z",
};
const keys: readonly Key[] = [
	base,
	{ ...base, id: "b", name: "Bot", status: "revoked", owner: null, team: null },
	{ ...base, id: "c", name: "Chat", owner: { id: "u2", name: "Grace" } },
];

const everything = { status: "all", ownerId: undefined, search: "" } as const;
const idsOf = (found: readonly Key[]) => found.map((key) => key.id).join("");

describe("filterKeys", () => {
	it("shows everything without a filter", () => {
		expect(idsOf(filterKeys(keys, everything))).toBe("abc");
	});

	it("filters by status and by owner", () => {
		expect(idsOf(filterKeys(keys, { ...everything, status: "revoked" }))).toBe("b");
		expect(idsOf(filterKeys(keys, { ...everything, ownerId: "u1" }))).toBe("a");
	});

	it("searches names, prefixes, owners and teams without regard to case", () => {
		expect(idsOf(filterKeys(keys, { ...everything, search: " grace " }))).toBe("c");
		expect(idsOf(filterKeys(keys, { ...everything, search: "PLATFORM" }))).toBe("ac");
		expect(idsOf(filterKeys(keys, { ...everything, search: "sk-llmproxy-a" }))).toBe("abc");
	});
});

describe("limitInWords", () => {
	it("tells the default, no limit and a number apart", () => {
		expect([null, 0, 1200].map(limitInWords)).toEqual(["default", "no limit", "1,200 / min"]);
	});
});

describe("fixedBecause", () => {
	it("explains why a key of the environment or a revoked one cannot be changed", () => {
		expect(fixedBecause(base)).toBeUndefined();
		expect(fixedBecause({ ...base, origin: "environment" })).toContain("LLMPROXY_API_KEYS");
		expect(fixedBecause({ ...base, status: "revoked" })).toContain("Revoked");
	});
});
