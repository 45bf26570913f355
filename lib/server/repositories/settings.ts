import type { Prisma, PrismaClient } from "../../../prisma/generated/client.ts";

export interface SettingsRow {
	readonly version: number;
	readonly value: unknown;
	readonly changedBy: string;
	readonly createdAt: Date;
}

/** Any number that nothing else locks: changes of the settings take their turn under it. */
const settingsLock = 7_312_006;
/** So far back a valid version is looked for. */
const versionsMax = 20;

/** Newest first. */
export async function listSettings(
	prisma: PrismaClient,
	take = versionsMax,
): Promise<readonly SettingsRow[]> {
	return prisma.settingsVersion.findMany({ orderBy: { version: "desc" }, take });
}

export interface SettingsChange {
	/** Gets the newest stored version, if any; undefined: change nothing. Must not have effects of its own. */
	readonly next: (newest: SettingsRow | undefined) => unknown;
	readonly changedBy: string;
}

/** Adds a version. Changes wait for each other, so none overwrites one it has not seen. */
export async function appendSettings(
	prisma: PrismaClient,
	{ next, changedBy }: SettingsChange,
): Promise<SettingsRow | undefined> {
	return prisma.$transaction(async (transaction) => {
		await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${settingsLock}::bigint)`;
		const newest = await transaction.settingsVersion.findFirst({ orderBy: { version: "desc" } });
		const value = next(newest ?? undefined);
		if (value === undefined) return undefined;
		return transaction.settingsVersion.create({
			data: { value: value as Prisma.InputJsonValue, changedBy },
		});
	});
}
