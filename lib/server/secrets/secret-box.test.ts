import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMasterKey } from "./master-key.ts";
import { createSecretBox, SecretBoxError } from "./secret-box.ts";

const box = createSecretBox(createMasterKey(Buffer.alloc(32, 1)));

describe("createSecretBox", () => {
	it("opens what it sealed, for any text and place", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, binding) => {
				expect(box.open(box.seal(text, binding), binding)).toBe(text);
			}),
		);
	});

	it("notices any changed byte", () => {
		const sealed = box.seal("sk-secret", "upstream:openai");
		fc.assert(
			fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
				const changed = Uint8Array.from(sealed);
				changed[index] = (changed[index] ?? 0) ^ mask;
				expect(() => box.open(changed, "upstream:openai")).toThrow(SecretBoxError);
			}),
		);
	});

	it("refuses a secret of another row, another master key or cut short", () => {
		const sealed = box.seal("sk-secret", "upstream:openai");
		const other = createSecretBox(createMasterKey(Buffer.alloc(32, 2)));
		expect(() => box.open(sealed, "upstream:azure")).toThrow(SecretBoxError);
		expect(() => other.open(sealed, "upstream:openai")).toThrow(/another master key/);
		expect(() => box.open(sealed.subarray(0, 20), "upstream:openai")).toThrow(SecretBoxError);
	});

	it("never writes the same secret the same way twice", () => {
		const sealed = Array.from({ length: 100 }, () =>
			Buffer.from(box.seal("sk-secret", "a")).toString("hex"),
		);
		expect(new Set(sealed).size).toBe(100);
		expect(sealed.every((bytes) => !bytes.includes(Buffer.from("sk-secret").toString("hex")))).toBe(
			true,
		);
	});
});
