import { createHmac } from "node:crypto";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import * as z from "zod";
import { revokeSession } from "../repositories/sessions.ts";
import type { Runtime } from "../runtime.ts";
import { sessionCookie } from "./session-cookie.ts";
import { readSession, sessionSeconds, signSession } from "./session-token.ts";
import { signIn } from "./sign-in.ts";

/** What next-auth carries for us from `authorize` to the cookie. */
const claimsSchema = z.object({
	userId: z.string(),
	sessionId: z.string(),
	issuedAt: z.int(),
	expiresAt: z.int(),
});

/**
 * next-auth does the protocol (CSRF token, cookies, and the OIDC flows that come later); the session
 * itself is ours: a cookie signed by our key that names a row which can be revoked.
 */
export function nextAuthOptions(runtime: Runtime): NextAuthOptions {
	const cookie = sessionCookie(runtime.environment);
	return {
		secret: createHmac("sha256", runtime.sessionKey).update("next-auth csrf").digest("hex"),
		useSecureCookies: cookie.isSecure,
		session: { strategy: "jwt", maxAge: sessionSeconds.absolute },
		pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
		cookies: {
			sessionToken: {
				name: cookie.name,
				options: { httpOnly: true, sameSite: "lax", path: "/", secure: cookie.isSecure },
			},
		},
		providers: [passwordProvider(runtime)],
		jwt: {
			encode: async ({ token }) =>
				signSession(claimsSchema.parse(token?.["claims"]), runtime.sessionKey),
			decode: async ({ token }) => {
				const claims =
					token === undefined ? undefined : await readSession(token, runtime.sessionKey);
				return claims === undefined ? null : { sub: claims.userId, claims };
			},
		},
		callbacks: {
			// Only at sign-in is there a user; later the claims come out of the cookie.
			jwt: ({ token, user }) => (user === undefined ? token : { ...token, claims: claimsOf(user) }),
			// Nothing about the session is for next-auth's own endpoint; the console asks /api/v1/session.
			session: ({ session }) => ({ expires: session.expires }),
			redirect: ({ baseUrl }) => baseUrl,
		},
		events: {
			signOut: async ({ token }) => {
				const claims = claimsSchema.safeParse(token?.["claims"]);
				if (claims.success) await revokeSession(runtime.prisma, claims.data.sessionId);
			},
		},
		logger: {
			error: (code, metadata) =>
				runtime.log.error("Authentication failed", { code, reason: messageOf(metadata) }),
			warn: (code) => runtime.log.warn("Authentication warning", { code }),
			debug: () => {},
		},
	};
}

function passwordProvider(runtime: Runtime) {
	return Credentials({
		id: "password",
		name: "E-mail and password",
		credentials: { email: { type: "email" }, password: { type: "password" } },
		authorize: async (credentials, request) => {
			const headers = new Headers(request.headers);
			const result = await signIn(credentials, headers, runtime).catch((error: unknown) => {
				runtime.log.error("Sign-in failed", { reason: messageOf(error) });
				// What next-auth catches it puts into the address; nothing internal may be in it.
				throw new Error("unavailable", { cause: error });
			});
			switch (result.kind) {
				case "signed-in":
					return { id: result.claims.userId, ...result.claims };
				case "refused":
					return null;
				case "too-many":
					// The message travels to the sign-in page as the error's name.
					throw new Error(`too-many.${Math.ceil(result.retryAfterMs / 1000)}`);
			}
		},
	});
}

function claimsOf(user: unknown): z.infer<typeof claimsSchema> {
	return claimsSchema.parse(user);
}

function messageOf(metadata: unknown): string {
	if (metadata instanceof Error) return metadata.message;
	return typeof metadata === "object" && metadata !== null && "error" in metadata
		? messageOf(metadata.error)
		: "unknown";
}
