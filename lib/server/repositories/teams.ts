import type { PrismaClient, Team } from "../../../prisma/generated/client.ts";

export async function listTeams(prisma: PrismaClient): Promise<readonly Team[]> {
	return prisma.team.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
}

/** Undefined: the name is taken. */
export async function createTeam(prisma: PrismaClient, name: string): Promise<Team | undefined> {
	const created = await prisma.team.createManyAndReturn({ data: [{ name }], skipDuplicates: true });
	return created[0];
}
