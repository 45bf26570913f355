import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { createFirstAdmin } from "../../contracts/system.ts";
import { clientAddressOf } from "../auth/client-address.ts";
import { runtime } from "../runtime.ts";

interface CreateAdminInput {
	readonly body: z.output<typeof createFirstAdmin.body>;
	readonly request: Request;
}

export const setupService = {
	get: async () => ({ needsAdmin: await runtime().setupGate.needsAdmin() }),

	/** Throws `auth.setup_token_invalid`, and `limit.rate` for an address that guesses. */
	createAdmin: async ({ body, request }: CreateAdminInput) => {
		const { setupGate, signInLimiter, passwords, log } = runtime();
		const ip = clientAddressOf(request.headers);
		const attempt = signInLimiter.begin(ip, "first administrator");
		if (!attempt.isAllowed) {
			throw new GatewayError("limit.rate", { retryAfterMs: attempt.retryAfterMs });
		}
		// Before the costly hash, so that strangers cannot make the server do it.
		const isAccepted = setupGate.accepts(body.token);
		attempt.finish(isAccepted ? "right" : "wrong");
		if (!isAccepted) throw new GatewayError("auth.setup_token_invalid");
		const email = body.email.toLowerCase();
		const passwordHash = await passwords.hash(body.password);
		await setupGate.createAdmin(body.token, { email, name: body.name, passwordHash });
		log.info("The first administrator was made", { ip });
		return { email };
	},
} as const;
