import type * as z from "zod";
import { permissionsOf } from "../../contracts/permissions.ts";
import type { sessionSchema } from "../../contracts/system.ts";
import type { Principal } from "../auth/principal.ts";
import { publicAddress } from "../auth/public-address.ts";
import { runtime } from "../runtime.ts";

export function describeSession(principal: Principal): z.input<typeof sessionSchema> {
	const { environment, version } = runtime();
	return {
		user: {
			id: principal.userId,
			email: principal.email,
			name: principal.name,
			role: principal.role,
		},
		permissions: [...permissionsOf(principal.role)],
		gatewayUrl: `${publicAddress(environment)}/v1`,
		version,
	};
}

export const sessionService = {
	get: async ({ principal }: { readonly principal: Principal }) => describeSession(principal),
} as const;
