import type { Prisma, PrismaClient, TargetSetting } from "../../../prisma/generated/client.ts";

export type TargetSettingRow = TargetSetting;

export interface TargetSettingFields {
	readonly isEnabled: boolean;
	readonly priority: number;
	/** Milliseconds by name; what is left out is the installation's. */
	readonly timeouts: Readonly<Record<string, number>>;
}

/** By target; also of targets that no provider has any more. */
export async function listTargetSettings(
	prisma: PrismaClient,
): Promise<readonly TargetSettingRow[]> {
	return prisma.targetSetting.findMany({ orderBy: { target: "asc" } });
}

export async function findTargetSetting(
	prisma: PrismaClient,
	target: string,
): Promise<TargetSettingRow | null> {
	return prisma.targetSetting.findUnique({ where: { target } });
}

export async function saveTargetSetting(
	prisma: PrismaClient,
	target: string,
	fields: TargetSettingFields,
): Promise<TargetSettingRow> {
	const data = { ...fields, timeouts: fields.timeouts as Prisma.InputJsonObject };
	return prisma.targetSetting.upsert({
		where: { target },
		create: { target, ...data },
		update: data,
	});
}
