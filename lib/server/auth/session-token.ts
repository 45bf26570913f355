import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";

/** What the cookie says. It names a row; the row decides. */
export interface SessionClaims {
	readonly userId: string;
	readonly sessionId: string;
	/** Epoch seconds. */
	readonly issuedAt: number;
	readonly expiresAt: number;
}

export const sessionSeconds = {
	/** However busy. */
	absolute: 7 * 86_400,
	/** Since the last request. */
	idle: 8 * 3600,
} as const;

const audience = "llmproxy-console";

const payloadSchema = z.object({
	sub: z.uuid(),
	sid: z.uuid(),
	iat: z.int(),
	exp: z.int(),
});

export async function signSession(claims: SessionClaims, key: Uint8Array): Promise<string> {
	return new SignJWT({ sid: claims.sessionId })
		.setProtectedHeader({ alg: "HS256", typ: "JWT" })
		.setSubject(claims.userId)
		.setAudience(audience)
		.setIssuedAt(claims.issuedAt)
		.setExpirationTime(claims.expiresAt)
		.sign(key);
}

/** Undefined for everything that we did not sign, that has expired or that is for something else. */
export async function readSession(
	token: string,
	key: Uint8Array,
): Promise<SessionClaims | undefined> {
	try {
		const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], audience });
		const claims = payloadSchema.parse(payload);
		return {
			userId: claims.sub,
			sessionId: claims.sid,
			issuedAt: claims.iat,
			expiresAt: claims.exp,
		};
	} catch {
		return undefined;
	}
}
