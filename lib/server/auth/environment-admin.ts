import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { findUserByEmail, putAdmin } from "../repositories/users.ts";
import type { Passwords } from "./passwords.ts";

/**
 * Makes the administrator that `LLMPROXY_ADMIN_EMAIL` and `LLMPROXY_ADMIN_PASSWORD` name. The
 * environment has the last word at every start, which is also the way back in after a lost password;
 * sessions end only when something changed.
 */
export async function ensureEnvironmentAdmin(
	prisma: PrismaClient,
	passwords: Passwords,
	admin: { readonly email: string; readonly password: string },
): Promise<"created" | "changed" | "unchanged"> {
	const email = admin.email.toLowerCase();
	const existing = await findUserByEmail(prisma, email);
	const isSame =
		existing !== null &&
		existing.role === "admin" &&
		existing.disabledAt === null &&
		(await passwords.verify(admin.password, existing.passwordHash));
	if (isSame) return "unchanged";
	const passwordHash = await passwords.hash(admin.password);
	await putAdmin(prisma, { email, name: email.split("@")[0] ?? email, passwordHash });
	return existing === null ? "created" : "changed";
}
