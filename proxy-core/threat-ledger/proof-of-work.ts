import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { GuardServices } from "../guards/guard-services.ts";

/** The header that carries the challenge to the caller and the proof back. */
export const challengeHeader = "x-llmproxy-challenge";

/**
 * Hashcash-like work that only costs something when one sends a lot. Nothing is remembered: a challenge
 * carries its own signature, is good for one actor and for a while, and so is its proof.
 */
export interface ProofOfWork {
	/** `seconds.bits.nonce.signature`; printable, without colons. */
	readonly issue: (actorId: string, difficultyBits: number) => string;
	/** Whether `proof` (`challenge:counter`) solves a challenge of this actor that is not too old. */
	readonly accepts: (proof: string | undefined, actorId: string, validSeconds: number) => boolean;
}

const proofLengthMax = 256;

export function createProofOfWork({
	keyedDigest,
	now,
}: Pick<GuardServices, "keyedDigest" | "now">): ProofOfWork {
	const sign = (actorId: string, text: string) =>
		keyedDigest("challenge", actorId, text).slice(0, 32);
	return {
		issue: (actorId, difficultyBits) => {
			const seconds = Math.floor(now() / 1000);
			const text = `${seconds}.${difficultyBits}.${randomBytes(12).toString("base64url")}`;
			return `${text}.${sign(actorId, text)}`;
		},
		accepts: (proof, actorId, validSeconds) => {
			if (proof === undefined || proof.length > proofLengthMax) return false;
			const [challenge = "", counter = ""] = proof.split(":", 2);
			const end = challenge.lastIndexOf(".");
			const text = challenge.slice(0, Math.max(0, end));
			const [seconds, bits] = text.split(".", 2).map(Number);
			if (counter === "" || seconds === undefined || bits === undefined) return false;
			const ageSeconds = now() / 1000 - seconds;
			// Nodes' clocks differ a little.
			if (!(ageSeconds >= -clockSkewSeconds && ageSeconds <= validSeconds)) return false;
			if (!sameText(challenge.slice(end + 1), sign(actorId, text))) return false;
			return leadingZeroBits(hash("sha256", proof, "buffer")) >= bits;
		},
	};
}

const clockSkewSeconds = 30;

function sameText(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/** Finds the proof; what a caller has to do. Takes about 2^bits digests. */
export function solveChallenge(challenge: string, countMax = 2 ** 30): string | undefined {
	const bits = Number(challenge.split(".")[1]);
	for (let counter = 0; counter < countMax; counter += 1) {
		const proof = `${challenge}:${counter}`;
		if (leadingZeroBits(hash("sha256", proof, "buffer")) >= bits) return proof;
	}
	return undefined;
}

function leadingZeroBits(digest: Uint8Array): number {
	let bits = 0;
	for (const byte of digest) {
		if (byte !== 0) return bits + Math.clz32(byte) - 24;
		bits += 8;
	}
	return bits;
}
