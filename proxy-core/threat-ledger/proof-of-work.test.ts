import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idleServices } from "../testing/guards.ts";
import { createProofOfWork, solveChallenge } from "./proof-of-work.ts";

function proofsAt(now: () => number) {
	return createProofOfWork({ keyedDigest: idleServices.keyedDigest, now });
}

describe("createProofOfWork", () => {
	it("accepts the work for the actor that was asked, for a while", () => {
		let now = 1_700_000_000_000;
		const proofs = proofsAt(() => now);
		const challenge = proofs.issue("ip:203.0.113.5", 8);
		const proof = solveChallenge(challenge);
		expect(proofs.accepts(proof, "ip:203.0.113.5", 300)).toBe(true);
		expect(proofs.accepts(proof, "ip:203.0.113.6", 300)).toBe(false);
		now += 301_000;
		expect(proofs.accepts(proof, "ip:203.0.113.5", 300)).toBe(false);
	});

	it("does not take work that was not done", () => {
		const proofs = proofsAt(() => 1_700_000_000_000);
		const challenge = proofs.issue("a", 20);
		expect(proofs.accepts(`${challenge}:0`, "a", 300)).toBe(false);
		expect(proofs.accepts(undefined, "a", 300)).toBe(false);
	});

	it("does not take an easier challenge than it gave", () => {
		const proofs = proofsAt(() => 1_700_000_000_000);
		const [seconds, , nonce, signature] = proofs.issue("a", 20).split(".");
		const easier = `${seconds}.1.${nonce}.${signature}`;
		const proof = solveChallenge(easier);
		expect(proofs.accepts(proof, "a", 300)).toBe(false);
	});

	it("takes no text that is not its own, and throws on none", () => {
		const proofs = proofsAt(() => 1_700_000_000_000);
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
				expect(proofs.accepts(text, "a", 300)).toBe(false);
			}),
		);
	});
});
