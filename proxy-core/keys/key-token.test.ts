import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyToken, hashToken, keyIdOf, tokenPrefix } from "./key-token.ts";

describe("createKeyToken", () => {
	it("makes a token whose id can be read back", () => {
		for (let round = 0; round < 200; round += 1) {
			const { id, token } = createKeyToken();
			expect(token).toMatch(/^sk-llmproxy-[0-9A-Za-z]{10}-[0-9A-Za-z]{49}$/);
			expect(token.startsWith(tokenPrefix(id))).toBe(true);
			expect(keyIdOf(token)).toBe(id);
		}
	});

	it("keeps the id and changes the secret on rotation", () => {
		const first = createKeyToken();
		const second = createKeyToken(first.id);
		expect(second.id).toBe(first.id);
		expect(second.token).not.toBe(first.token);
		expect(keyIdOf(second.token)).toBe(first.id);
	});
});

describe("keyIdOf", () => {
	it("notices one changed character anywhere in a token of ours", () => {
		const { token } = createKeyToken();
		fc.assert(
			fc.property(
				fc.integer({ min: "sk-llmproxy-".length, max: token.length - 1 }),
				fc.constantFrom(..."0123456789abcXYZ-_ é"),
				(index, replacement) => {
					fc.pre(token[index] !== replacement);
					const changed = token.slice(0, index) + replacement + token.slice(index + 1);
					expect(keyIdOf(changed)).toBeUndefined();
				},
			),
		);
	});

	it("refuses tokens that are cut, padded or too short", () => {
		const { token } = createKeyToken();
		expect(keyIdOf(token.slice(0, -1))).toBeUndefined();
		expect(keyIdOf(`${token}0`)).toBeUndefined();
		expect(keyIdOf("sk-short")).toBeUndefined();
		expect(keyIdOf("")).toBeUndefined();
	});

	it("names a foreign token by its hash without telling any of it", () => {
		const token = "a-token-from-the-environment";
		expect(keyIdOf(token)).toMatch(/^env-[0-9a-f]{20}$/);
		expect(keyIdOf(token)).toBe(keyIdOf(token));
		expect(keyIdOf(`${token}!`)).not.toBe(keyIdOf(token));
		const stored = createHash("sha256").update(token).digest("hex");
		expect(stored).not.toContain(keyIdOf(token)?.slice(4));
	});
});

describe("hashToken", () => {
	it("is the SHA-256 of the whole token", () => {
		expect(Buffer.from(hashToken("abc")).toString("hex")).toBe(
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		);
	});
});
