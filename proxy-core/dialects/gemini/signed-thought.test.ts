import { describe, expect, it } from "vitest";
import { decodeProof, encodeProof } from "./proof.ts";
import { isSignedThought } from "./signed-thought.ts";

describe("a proof of another provider's thinking", () => {
	it.each([true, false])("survives Google's clients (redacted: %s)", (isRedacted) => {
		const proof = encodeProof("s+/=?ü", isRedacted);
		const inPython = proof.replaceAll("+", "-").replaceAll("/", "_");
		for (const text of [proof, inPython]) {
			expect(decodeProof(text)).toEqual({
				signature: "s+/=?ü",
				...(isRedacted && { isRedacted }),
			});
		}
	});

	it("is told from Google's own", () => {
		expect(decodeProof("CiQBVKhc7t")).toBeUndefined();
	});
});

describe("isSignedThought", () => {
	const proof = encodeProof("s", false);
	const thought = { text: "Hm", thought: true };
	const at = (turn: number, piece: number) => ["contents", turn, "parts", piece, "text"];

	it("finds the proof in the same part, a later one, or the model's next turn", () => {
		const closing = { text: "", thought: true, thought_signature: proof };
		const contents = [
			{ role: "model", parts: [{ ...thought, thoughtSignature: proof }] },
			{ role: "user", parts: [thought, closing] },
			{ role: "model", parts: [thought, thought] },
			{ role: "model", parts: [closing, { text: "Said" }] },
		];
		expect(isSignedThought({ contents }, at(0, 0))).toBe(true);
		expect(isSignedThought({ contents }, at(1, 0))).toBe(false);
		expect(isSignedThought({ contents }, at(2, 0))).toBe(true);
		expect(isSignedThought({ contents }, at(3, 1))).toBe(false);
	});

	it("is not deceived by a proof that is Google's, or none, or stands behind something else", () => {
		const contents = [
			{ role: "model", parts: [{ ...thought, thoughtSignature: "b3du" }] },
			{
				role: "model",
				parts: [thought, { text: "Said" }, { ...thought, thoughtSignature: proof }],
			},
		];
		expect(isSignedThought({ contents }, at(0, 0))).toBe(false);
		expect(isSignedThought({ contents }, at(1, 0))).toBe(false);
		expect(isSignedThought({}, at(0, 0))).toBe(false);
	});
});
