import type { PrismaClient, Team } from "../../../prisma/generated/client.ts";

export type TeamRow = Team;

/** Limits on bodies; null leaves the settings' in force. */
export interface TeamLimits {
	readonly textBytesMax?: number | null | undefined;
	readonly messagesMax?: number | null | undefined;
}

export async function listTeams(prisma: PrismaClient): Promise<readonly Team[]> {
	return prisma.team.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
}

/** Undefined: the name is taken. */
export async function createTeam(prisma: PrismaClient, name: string): Promise<Team | undefined> {
	const created = await prisma.team.createManyAndReturn({ data: [{ name }], skipDuplicates: true });
	return created[0];
}

/** Undefined: there is no such team. */
export async function updateTeam(
	prisma: PrismaClient,
	id: string,
	limits: TeamLimits,
): Promise<Team | undefined> {
	const [updated] = await prisma.team.updateManyAndReturn({
		where: { id },
		data: withoutUndefined(limits),
	});
	return updated;
}

function withoutUndefined({ textBytesMax, messagesMax }: TeamLimits) {
	return {
		...(textBytesMax === undefined ? {} : { textBytesMax }),
		...(messagesMax === undefined ? {} : { messagesMax }),
	};
}
