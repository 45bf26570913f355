import * as z from "zod";
import { createSession } from "../repositories/sessions.ts";
import { findUserByEmail } from "../repositories/users.ts";
import type { Runtime } from "../runtime.ts";
import { clientAddressOf } from "./client-address.ts";
import type { SessionClaims } from "./session-token.ts";
import { sessionSeconds } from "./session-token.ts";

const credentialsSchema = z.object({
	email: z.string().trim().toLowerCase().min(1).max(200),
	password: z.string().min(1).max(200),
});

export type SignInResult =
	| { readonly kind: "signed-in"; readonly claims: SessionClaims }
	| { readonly kind: "refused" }
	| { readonly kind: "too-many"; readonly retryAfterMs: number };

/**
 * Checks an e-mail address and a password and begins a session. A wrong address, a wrong password and
 * a disabled person look the same from outside, in words and in time.
 */
export async function signIn(
	credentials: unknown,
	headers: Pick<Headers, "get">,
	runtime: Pick<Runtime, "prisma" | "passwords" | "signInLimiter" | "log">,
): Promise<SignInResult> {
	const parsed = credentialsSchema.safeParse(credentials);
	if (!parsed.success) return { kind: "refused" };
	const { email, password } = parsed.data;
	const ip = clientAddressOf(headers);
	const attempt = runtime.signInLimiter.begin(ip, email);
	if (!attempt.isAllowed) {
		runtime.log.warn("Too many sign-in attempts", { ip });
		return { kind: "too-many", retryAfterMs: attempt.retryAfterMs };
	}
	let isRight = false;
	try {
		const user = await findUserByEmail(runtime.prisma, email.replaceAll("\u0000", ""));
		const matches = await runtime.passwords.verify(password, user?.passwordHash ?? null);
		isRight = matches && user !== null && user.disabledAt === null;
		if (!isRight || user === null) {
			runtime.log.warn("Sign-in refused", { ip });
			return { kind: "refused" };
		}
		const issuedAt = Math.floor(Date.now() / 1000);
		const expiresAt = issuedAt + sessionSeconds.absolute;
		const sessionId = await createSession(runtime.prisma, {
			userId: user.id,
			ip,
			userAgent: headers.get("user-agent") ?? "",
			expiresAt: new Date(expiresAt * 1000),
		});
		runtime.log.info("Signed in", { userId: user.id, ip });
		return { kind: "signed-in", claims: { userId: user.id, sessionId, issuedAt, expiresAt } };
	} finally {
		attempt.finish(isRight ? "right" : "wrong");
	}
}
