import type * as z from "zod";
import { endpointIds } from "../../../proxy-core/contract/settled-record.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Key, keyInput, rotateKey } from "../../contracts/keys.ts";
import { roleHolds } from "../../contracts/permissions.ts";
import type { Principal } from "../auth/principal.ts";
import type { KeyFields, KeyRow, Minted } from "../repositories/keys.ts";
import * as keys from "../repositories/keys.ts";
import { runtime } from "../runtime.ts";

interface Asking {
	readonly principal: Principal;
}
interface OnKey extends Asking {
	readonly params: { readonly id: string };
}
interface WithFields {
	readonly body: z.output<typeof keyInput>;
}
interface WithGrace {
	readonly body: z.output<typeof rotateKey.body>;
}

const originNames = ["console", "environment", "starter"] as const;

/** People see and change their own keys; who holds `keys:manage`, everybody's. */
export const keysService = {
	list: async ({ principal }: Asking) => {
		const owner = mayManage(principal) ? undefined : principal.userId;
		const rows = await keys.listKeys(runtime().prisma, owner);
		return { items: rows.map(toKey) };
	},

	/** Throws `request.invalid` and `access.permission_missing`. */
	create: async ({ body, principal }: Asking & WithFields) => {
		const { prisma, configuration, log } = runtime();
		const fields = toFields(body);
		if (fields.expiresAt !== null && fields.expiresAt.getTime() <= Date.now()) {
			throw new GatewayError("request.invalid", {
				param: "expiresAt",
				message: "Choose a time in the future.",
			});
		}
		const own = mayManage(principal)
			? fields
			: { ...fields, ownerId: fields.ownerId ?? principal.userId };
		await requireAllowed(own, principal, undefined);
		const minted = await keys.createKey(prisma, own);
		await configuration.changed("keys");
		log.info("A key was created.", { keyId: minted.id, by: principal.userId });
		return withToken(minted);
	},

	/** Throws `resource.not_found`, `resource.read_only`, `request.invalid`, `access.permission_missing`. */
	update: async ({ params, body, principal }: OnKey & WithFields) => {
		const { prisma, configuration, log } = runtime();
		const row = await editableKey(params.id, principal);
		const fields = toFields(body);
		await requireAllowed(fields, principal, row);
		await keys.updateKey(prisma, row.id, fields);
		await configuration.changed("keys");
		log.info("A key was changed.", { keyId: row.id, by: principal.userId });
		return toKey(await getKey(row.id));
	},

	/** Throws `resource.not_found`, `resource.read_only`, and `resource.conflict` for a revoked key. */
	rotate: async ({ params, body, principal }: OnKey & WithGrace) => {
		const { prisma, configuration, log } = runtime();
		const row = await editableKey(params.id, principal);
		const minted = await keys.rotateKey(prisma, row.id, body.graceSeconds);
		if (minted === undefined) {
			throw new GatewayError("resource.conflict", {
				message: "The key is revoked; create a new one.",
			});
		}
		await configuration.changed("keys");
		log.info("A key was rotated.", { keyId: row.id, by: principal.userId });
		return withToken(minted);
	},

	/** Throws `resource.not_found` and `resource.read_only`. Revoking twice is no error. */
	revoke: async ({ params, principal }: OnKey) => {
		const { prisma, configuration, log } = runtime();
		const row = await editableKey(params.id, principal);
		await keys.revokeKey(prisma, row.id);
		await configuration.changed("keys");
		log.info("A key was revoked.", { keyId: row.id, by: principal.userId });
		return toKey(await getKey(row.id));
	},
};

function mayManage(principal: Principal): boolean {
	return roleHolds(principal.role, "keys:manage");
}

async function getKey(id: string): Promise<KeyRow> {
	const row = await keys.findKey(runtime().prisma, id);
	if (row === null) throw new GatewayError("resource.not_found");
	return row;
}

/** Somebody else's key does not exist, so that nobody can find out which ones do. */
async function editableKey(id: string, principal: Principal): Promise<KeyRow> {
	const row = await getKey(id);
	if (!mayManage(principal) && row.ownerId !== principal.userId) {
		throw new GatewayError("resource.not_found");
	}
	if (row.origin === "environment") throw new GatewayError("resource.read_only");
	return row;
}

/**
 * Without `keys:manage` a key stays with its maker and team, and never opens `/metrics`, where
 * everybody's traffic can be read.
 */
async function requireAllowed(
	fields: KeyFields,
	principal: Principal,
	before: KeyRow | undefined,
): Promise<void> {
	if (!mayManage(principal)) {
		const forbidden =
			(fields.ownerId !== principal.userId && "ownerId") ||
			(fields.teamId !== (before?.teamId ?? null) && "teamId") ||
			(fields.allowedEndpoints.includes("metrics") && "allowedEndpoints");
		if (forbidden) throw new GatewayError("access.permission_missing", { param: forbidden });
	}
	const unknown = await keys.findUnknownReference(runtime().prisma, fields);
	if (unknown !== undefined) {
		throw new GatewayError("request.invalid", {
			param: unknown,
			message: "There is nothing with this id.",
		});
	}
}

function toFields(body: WithFields["body"]): KeyFields {
	return { ...body, expiresAt: body.expiresAt === null ? null : new Date(body.expiresAt) };
}

async function withToken({ id, token }: Minted) {
	return { key: toKey(await getKey(id)), token };
}

function toKey(row: KeyRow): Key {
	const now = Date.now();
	const { previousExpiresAt } = row;
	const isInGrace = previousExpiresAt !== null && previousExpiresAt.getTime() > now;
	return {
		id: row.id,
		name: row.name,
		// Tokens of the environment have a form of their own, which nobody needs to be reminded of.
		prefix: row.origin === "environment" ? `${row.id} (environment)` : `sk-llmproxy-${row.id}-`,
		origin: originNames.find((origin) => origin === row.origin) ?? "console",
		status: statusOf(row, now),
		owner: row.owner,
		team: row.team,
		allowedModels: row.allowedModels,
		allowedEndpoints: endpointIds.filter((id) => row.allowedEndpoints.includes(id)),
		requestsPerMinute: row.requestsPerMinute,
		expiresAt: isoOrNull(row.expiresAt),
		revokedAt: isoOrNull(row.revokedAt),
		rotatedAt: isoOrNull(row.rotatedAt),
		graceUntil: isInGrace ? previousExpiresAt.toISOString() : null,
		lastUsedAt: isoOrNull(row.lastUsedAt),
		createdAt: row.createdAt.toISOString(),
	};
}

function statusOf(row: KeyRow, now: number): Key["status"] {
	if (row.revokedAt !== null) return "revoked";
	return row.expiresAt !== null && row.expiresAt.getTime() <= now ? "expired" : "active";
}

function isoOrNull(date: Date | null): string | null {
	return date === null ? null : date.toISOString();
}
