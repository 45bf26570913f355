import * as z from "zod";
import type { User as UserRow } from "../../../prisma/generated/client.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { roles } from "../../contracts/permissions.ts";
import type { createUser, updateUser, userSchema } from "../../contracts/users.ts";
import type { Principal } from "../auth/principal.ts";
import * as users from "../repositories/users.ts";
import { runtime } from "../runtime.ts";

interface CreateInput {
	readonly body: z.output<typeof createUser.body>;
	readonly principal: Principal;
}

interface UpdateInput {
	readonly params: { readonly id: string };
	readonly body: z.output<typeof updateUser.body>;
	readonly principal: Principal;
}

export const usersService = {
	list: async () => ({ items: (await users.listUsers(runtime().prisma)).map(toUser) }),

	/** Throws `resource.conflict` when the e-mail address is taken. */
	create: async ({ body, principal }: CreateInput) => {
		const { prisma, passwords, log } = runtime();
		const user = await users.createUser(prisma, {
			email: body.email.toLowerCase(),
			name: body.name,
			role: body.role,
			passwordHash: await passwords.hash(body.password),
		});
		if (user === undefined) {
			const message = "Somebody with this e-mail address exists already.";
			throw new GatewayError("resource.conflict", { param: "email", message });
		}
		log.info("A person was added", { userId: user.id, role: user.role, by: principal.userId });
		return toUser(user);
	},

	/** Throws `resource.not_found`, and `resource.conflict` for the last administrator. */
	update: async ({ params, body, principal }: UpdateInput) => {
		const { prisma, log } = runtime();
		if (!z.uuid().safeParse(params.id).success) throw new GatewayError("resource.not_found");
		const outcome = await users.updateUser(prisma, params.id, body);
		switch (outcome.kind) {
			case "not-found":
				throw new GatewayError("resource.not_found");
			case "last-admin":
				throw new GatewayError("resource.conflict", {
					message: "This is the last administrator; make somebody else one first.",
				});
			case "updated":
				log.info("A person was changed", {
					userId: outcome.user.id,
					role: outcome.user.role,
					isDisabled: outcome.user.disabledAt !== null,
					by: principal.userId,
				});
				return toUser(outcome.user);
		}
	},
} as const;

function toUser(row: UserRow): z.input<typeof userSchema> {
	const role = roles.find((candidate) => candidate === row.role);
	if (role === undefined) throw new Error(`User ${row.id} has the unknown role ${row.role}`);
	return {
		id: row.id,
		email: row.email,
		name: row.name,
		role,
		isDisabled: row.disabledAt !== null,
		lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
		createdAt: row.createdAt.toISOString(),
	};
}
