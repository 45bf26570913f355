import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { NewUser } from "../repositories/users.ts";
import { createFirstAdmin, hasAdmin } from "../repositories/users.ts";

/** The way in for the first administrator, open to whoever can read this server's terminal. */
export interface SetupGate {
	readonly needsAdmin: () => Promise<boolean>;
	/**
	 * Makes a new one-time token and forgets the one before; undefined when there is an administrator.
	 * Only its hash is kept, so this is the only time it can be shown.
	 */
	readonly issueToken: () => Promise<string | undefined>;
	/** Whether this is the token that was issued; says nothing about whether it is still needed. */
	readonly accepts: (token: string) => boolean;
	/** Throws `auth.setup_token_invalid` for a wrong or used token and when an administrator exists. */
	readonly createAdmin: (token: string, admin: Omit<NewUser, "role">) => Promise<void>;
}

export function createSetupGate(prisma: PrismaClient): SetupGate {
	let tokenHash: Buffer | undefined;
	const accepts = (token: string) =>
		tokenHash !== undefined && timingSafeEqual(digest(token), tokenHash);
	return {
		needsAdmin: async () => !(await hasAdmin(prisma)),
		issueToken: async () => {
			if (await hasAdmin(prisma)) return undefined;
			const token = randomBytes(32).toString("base64url");
			tokenHash = digest(token);
			return token;
		},
		accepts,
		createAdmin: async (token, admin) => {
			if (!accepts(token)) throw new GatewayError("auth.setup_token_invalid");
			const created = await createFirstAdmin(prisma, admin);
			if (created === undefined) throw new GatewayError("auth.setup_token_invalid");
			tokenHash = undefined;
		},
	};
}

function digest(token: string): Buffer {
	return createHash("sha256").update(token).digest();
}
