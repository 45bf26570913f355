import { roles } from "../../contracts/permissions.ts";
import { findSession, touchSession } from "../repositories/sessions.ts";
import type { Runtime } from "../runtime.ts";
import type { Principal } from "./principal.ts";
import { cookieValue, sessionCookie } from "./session-cookie.ts";
import { readSession, sessionSeconds } from "./session-token.ts";

export type AuthenticationRuntime = Pick<Runtime, "environment" | "prisma" | "sessionKey">;

const touchEveryMs = 60_000;

/**
 * The person behind a request's session cookie. The signature is checked first, then the session's
 * row and the person's: revoked, idle or ended sessions and disabled people are nobody, and the role
 * is the one of this moment.
 */
export async function authenticate(
	headers: Pick<Headers, "get">,
	runtime: AuthenticationRuntime,
): Promise<Principal | undefined> {
	const token = cookieValue(headers.get("cookie"), sessionCookie(runtime.environment).name);
	if (token === undefined) return undefined;
	const claims = await readSession(token, runtime.sessionKey);
	if (claims === undefined) return undefined;
	const session = await findSession(runtime.prisma, claims.sessionId);
	if (session === null || session.userId !== claims.userId) return undefined;
	const now = Date.now();
	const isOver =
		session.revokedAt !== null ||
		session.expiresAt.getTime() <= now ||
		session.lastSeenAt.getTime() + sessionSeconds.idle * 1000 <= now;
	const role = roles.find((candidate) => candidate === session.user.role);
	if (isOver || session.user.disabledAt !== null || role === undefined) return undefined;
	if (session.lastSeenAt.getTime() < now - touchEveryMs) {
		await touchSession(runtime.prisma, session.id, new Date(now - touchEveryMs));
	}
	return {
		userId: session.userId,
		sessionId: session.id,
		email: session.user.email,
		name: session.user.name,
		role,
	};
}
