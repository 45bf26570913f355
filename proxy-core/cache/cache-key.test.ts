import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caller } from "../pipeline/context.ts";
import type { KeyParts } from "./cache-key.ts";
import { cacheKey } from "./cache-key.ts";

const caller: Caller = {
	kind: "key",
	keyId: "k1",
	ownerId: null,
	teamId: "t1",
	allowedModels: [],
	allowedEndpoints: [],
	requestsPerMinute: null,
};
const parts: KeyParts = {
	endpoint: "chat.completions",
	caller,
	sharedBy: "team",
	namespace: "",
	policyMark: "p",
	json: { model: "m", messages: [{ role: "user", content: "hi" }] },
	asked: { model: "m", isStreaming: false },
	files: [],
	headers: [],
};

function shuffled(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(shuffled);
	if (typeof value !== "object" || value === null) return value;
	const members = Object.entries(value).reverse();
	return Object.fromEntries(members.map(([name, inner]) => [name, shuffled(inner)]));
}

describe("cacheKey", () => {
	it("does not depend on the order of members", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (json) => {
				const other = shuffled(json) as Record<string, unknown>;
				expect(cacheKey({ ...parts, json: other })).toBe(cacheKey({ ...parts, json }));
			}),
		);
	});

	it("differs for different JSON", () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
				fc.pre(JSON.stringify(a) !== JSON.stringify(b));
				const canonical = (value: unknown) => JSON.stringify(shuffled(shuffled(value)));
				fc.pre(canonical(a) !== canonical(b));
				const isSameUpToOrder =
					cacheKey({ ...parts, json: { a } }) === cacheKey({ ...parts, json: { a: b } });
				if (isSameUpToOrder) expect(sortedText(a)).toBe(sortedText(b));
			}),
		);
	});

	it.each<[string, Partial<KeyParts>]>([
		["endpoint", { endpoint: "messages" }],
		["model of the address", { asked: { model: "n", isStreaming: false } }],
		["form of the answer", { asked: { model: "m", isStreaming: true } }],
		["namespace", { namespace: "n" }],
		["policy", { policyMark: "q" }],
		["team", { caller: { ...caller, teamId: "t2" } }],
		["header that goes on", { headers: [["anthropic-beta", "x"]] }],
		["file", { files: [new Uint8Array([1])] }],
	])("differs for another %s", (_, change) => {
		expect(cacheKey({ ...parts, ...change })).not.toBe(cacheKey(parts));
	});

	it("is shared inside a team, and never by keys without one", () => {
		const other = { ...caller, keyId: "k2" };
		expect(cacheKey({ ...parts, caller: other })).toBe(cacheKey(parts));
		const alone = { ...parts, caller: { ...caller, teamId: null } };
		const stranger = { ...parts, caller: { ...other, teamId: null } };
		expect(cacheKey(stranger)).not.toBe(cacheKey(alone));
		expect(cacheKey({ ...stranger, sharedBy: "organisation" })).toBe(
			cacheKey({ ...alone, sharedBy: "organisation" }),
		);
	});
});

function sortedText(value: unknown): string {
	return JSON.stringify(value, (_, inner) =>
		typeof inner === "object" && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);
}
