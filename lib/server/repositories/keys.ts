import type { PrismaClient } from "../../../prisma/generated/client.ts";
import type { EndpointId } from "../../../proxy-core/contract/settled-record.ts";
import { modelEndpointIds } from "../../../proxy-core/contract/settled-record.ts";
import { createKeyToken, hashToken } from "../../../proxy-core/keys/key-token.ts";

export type KeyOrigin = "console" | "environment" | "starter";

export interface KeyFields {
	readonly name: string;
	readonly ownerId: string | null;
	readonly teamId: string | null;
	readonly allowedModels: readonly string[];
	readonly allowedEndpoints: readonly EndpointId[];
	readonly requestsPerMinute: number | null;
	readonly expiresAt: Date | null;
}

export interface Minted {
	readonly id: string;
	/** Shown once; nobody can read it again. */
	readonly token: string;
}

const withNames = {
	owner: { select: { id: true, name: true } },
	team: { select: { id: true, name: true } },
} as const;

export type KeyRow = NonNullable<Awaited<ReturnType<typeof findKey>>>;

/** Newest first; with `ownerId` only that person's. */
export async function listKeys(prisma: PrismaClient, ownerId?: string): Promise<readonly KeyRow[]> {
	return prisma.apiKey.findMany({
		...(ownerId === undefined ? {} : { where: { ownerId } }),
		include: withNames,
		orderBy: [{ createdAt: "desc" }, { id: "asc" }],
	});
}

/** Every key as the request path needs it, without names of people. */
export async function loadKeys(prisma: PrismaClient) {
	return prisma.apiKey.findMany({
		omit: { lastUsedAt: true },
		include: { team: { select: { textBytesMax: true, messagesMax: true } } },
		orderBy: { id: "asc" },
	});
}

export async function findKey(prisma: PrismaClient, id: string) {
	return prisma.apiKey.findUnique({ where: { id }, include: withNames });
}

/** The first of the two that names nobody. */
export async function findUnknownReference(
	prisma: PrismaClient,
	{ ownerId, teamId }: Pick<KeyFields, "ownerId" | "teamId">,
): Promise<"ownerId" | "teamId" | undefined> {
	const [owners, teams] = await Promise.all([
		ownerId === null ? 1 : prisma.user.count({ where: { id: ownerId } }),
		teamId === null ? 1 : prisma.team.count({ where: { id: teamId } }),
	]);
	if (owners === 0) return "ownerId";
	return teams === 0 ? "teamId" : undefined;
}

export async function createKey(
	prisma: PrismaClient,
	fields: KeyFields,
	origin: KeyOrigin = "console",
): Promise<Minted> {
	const { id, token } = createKeyToken();
	const data = { ...toData(fields), id, origin, secretHash: hashToken(token) };
	await prisma.apiKey.create({ data });
	return { id, token };
}

export async function updateKey(
	prisma: PrismaClient,
	id: string,
	fields: KeyFields,
): Promise<void> {
	await prisma.apiKey.updateMany({ where: { id }, data: toData(fields) });
}

/**
 * A new secret under the same id. One statement, so that two rotations at once leave a secret that
 * one of them was told. Undefined: the key is revoked or gone.
 */
export async function rotateKey(
	prisma: PrismaClient,
	id: string,
	graceSeconds: number,
): Promise<Minted | undefined> {
	const minted = createKeyToken(id);
	const rotated = await prisma.$executeRaw`
		UPDATE api_keys SET
			previous_hash = CASE WHEN ${graceSeconds}::int > 0 THEN secret_hash END,
			previous_expires_at =
				CASE WHEN ${graceSeconds}::int > 0 THEN now() + make_interval(secs => ${graceSeconds}::int) END,
			secret_hash = ${hashToken(minted.token)},
			rotated_at = now()
		WHERE id = ${id} AND revoked_at IS NULL`;
	return rotated === 0 ? undefined : minted;
}

export async function revokeKey(prisma: PrismaClient, id: string): Promise<void> {
	await prisma.apiKey.updateMany({
		where: { id, revokedAt: null },
		data: { revokedAt: new Date(), previousHash: null, previousExpiresAt: null },
	});
}

export interface EnvironmentKeyInput {
	readonly id: string;
	readonly name: string;
	readonly token: string;
	readonly allowedEndpoints: readonly EndpointId[];
}

/** Puts the keys of the environment in force and revokes those that are not in it any more. */
export async function saveEnvironmentKeys(
	prisma: PrismaClient,
	keys: readonly EnvironmentKeyInput[],
): Promise<void> {
	const upserts = keys.map(({ id, name, token, allowedEndpoints }) => {
		const data = {
			name,
			origin: "environment",
			secretHash: hashToken(token),
			allowedEndpoints: [...allowedEndpoints],
			revokedAt: null,
		};
		return prisma.apiKey.upsert({ where: { id }, create: { id, ...data }, update: data });
	});
	const gone = prisma.apiKey.updateMany({
		where: { origin: "environment", revokedAt: null, id: { notIn: keys.map((key) => key.id) } },
		data: { revokedAt: new Date() },
	});
	await prisma.$transaction([...upserts, gone]);
}

/** Replaces the key that the start prints until somebody has set the system up. */
export async function mintStarterKey(prisma: PrismaClient): Promise<Minted> {
	const existing = await prisma.apiKey.findFirst({ where: { origin: "starter", revokedAt: null } });
	const rotated = existing === null ? undefined : await rotateKey(prisma, existing.id, 0);
	if (rotated !== undefined) return rotated;
	const fields: KeyFields = {
		name: "Starter key",
		ownerId: null,
		teamId: null,
		allowedModels: [],
		allowedEndpoints: modelEndpointIds,
		requestsPerMinute: null,
		expiresAt: null,
	};
	return createKey(prisma, fields, "starter");
}

function toData(fields: KeyFields) {
	return {
		...fields,
		allowedModels: [...fields.allowedModels],
		allowedEndpoints: [...fields.allowedEndpoints],
	};
}
