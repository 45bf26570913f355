import { createPrivateKey, createPublicKey, hash, sign } from "node:crypto";

/** What a signature vouches for. */
export interface SignedFacts {
	readonly requestId: string;
	readonly status: number;
	/** Version of the configuration that judged the request. */
	readonly policyVersion: number;
	/** SHA-256 of the request's body, base64url; null when none was read. */
	readonly requestDigest: string | null;
	/** SHA-256 of the answer's body, base64url. */
	readonly answerDigest: string;
	/** Epoch milliseconds. */
	readonly now: number;
}

export interface AnswerSigner {
	/** A compact JWS (RFC 7515) over the facts, with `alg` EdDSA. */
	readonly sign: (facts: SignedFacts) => string;
	/** The public key as a JSON Web Key Set (RFC 7517). */
	readonly keySet: string;
}

/** PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410). */
const pkcs8Head = Buffer.from("302e020100300506032b657004220420", "hex");

/** `seed`: 32 bytes that only this installation has. All its nodes sign with the same key. */
export function createAnswerSigner(seed: Uint8Array): AnswerSigner {
	const key = createPrivateKey({
		key: Buffer.concat([pkcs8Head, seed]),
		format: "der",
		type: "pkcs8",
	});
	const { x } = createPublicKey(key).export({ format: "jwk" });
	const keyId = hash("sha256", `${x}`, "base64url").slice(0, 16);
	const head = encoded({ alg: "EdDSA", kid: keyId, typ: "JWT" });
	return {
		keySet: JSON.stringify({
			keys: [{ kty: "OKP", crv: "Ed25519", x, kid: keyId, use: "sig", alg: "EdDSA" }],
		}),
		sign: ({ requestId, status, policyVersion, requestDigest, answerDigest, now }) => {
			const claims = encoded({
				iat: Math.floor(now / 1000),
				request_id: requestId,
				status,
				policy: policyVersion,
				request_sha256: requestDigest,
				answer_sha256: answerDigest,
			});
			const message = `${head}.${claims}`;
			return `${message}.${sign(null, Buffer.from(message), key).toString("base64url")}`;
		},
	};
}

function encoded(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString("base64url");
}
