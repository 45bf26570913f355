import type { Role } from "../../contracts/permissions.ts";

/** Who asks: a signed-in person with the role that counts now. */
export interface Principal {
	readonly userId: string;
	readonly sessionId: string;
	readonly email: string;
	readonly name: string;
	readonly role: Role;
}
