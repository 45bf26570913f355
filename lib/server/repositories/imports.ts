import type { Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import { modelEndpointIds } from "../../../proxy-core/contract/settled-record.ts";
import { hashToken } from "../../../proxy-core/keys/key-token.ts";
import type { QuotaRow } from "./quotas.ts";

/** What an import made carries this origin, so that a later one knows what is its own. */
export const importOrigin = "import";

export interface ImportedUpstream {
	readonly id: string;
	readonly kind: string;
	readonly title: string;
	/** Without secrets. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** Sealed. */
	readonly secrets: Uint8Array<ArrayBuffer> | null;
	readonly models: readonly string[];
}

/** Whether it is in use stays as people set it. */
export async function saveImportedUpstream(
	prisma: PrismaClient,
	input: ImportedUpstream,
): Promise<void> {
	const data = {
		...input,
		settings: input.settings as Prisma.InputJsonObject,
		models: [...input.models],
		origin: importOrigin,
	};
	await prisma.upstream.upsert({ where: { id: input.id }, create: data, update: data });
}

/** For somebody else's provider: everything but its list of models stays. */
export async function saveUpstreamModels(
	prisma: PrismaClient,
	id: string,
	models: readonly string[],
): Promise<void> {
	await prisma.upstream.updateMany({ where: { id }, data: { models: [...models] } });
}

export interface ImportedKey {
	readonly id: string;
	readonly name: string;
	readonly teamId: string | null;
	readonly allowedModels: readonly string[];
	readonly requestsPerMinute: number | null;
	readonly expiresAt: Date | null;
}

/** Rights and limits of a key that an import made before. False: there is none, or it is somebody else's. */
export async function updateImportedKey(prisma: PrismaClient, key: ImportedKey): Promise<boolean> {
	const { id, ...fields } = key;
	const updated = await prisma.apiKey.updateMany({
		where: { id, origin: importOrigin },
		data: { ...fields, allowedModels: [...key.allowedModels] },
	});
	return updated.count > 0;
}

/** False: a key of this id is there already. */
export async function createImportedKey(
	prisma: PrismaClient,
	key: ImportedKey,
	token: string,
): Promise<boolean> {
	const created = await prisma.apiKey.createMany({
		data: [
			{
				...key,
				allowedModels: [...key.allowedModels],
				allowedEndpoints: [...modelEndpointIds],
				origin: importOrigin,
				secretHash: hashToken(token),
			},
		],
		skipDuplicates: true,
	});
	return created.count > 0;
}

export async function findOrCreateTeam(prisma: PrismaClient, name: string): Promise<string> {
	const team = await prisma.team.upsert({ where: { name }, create: { name }, update: {} });
	return team.id;
}

/** The budgets that were created under this name, archived ones too. */
export async function listQuotasCreatedBy(
	prisma: PrismaClient,
	changedBy: string,
): Promise<readonly QuotaRow[]> {
	return prisma.quota.findMany({
		where: { changes: { some: { action: "created", changedBy } } },
		orderBy: { id: "asc" },
	});
}
