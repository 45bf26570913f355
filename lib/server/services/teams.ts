import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { createTeam, Team } from "../../contracts/users.ts";
import type { Principal } from "../auth/principal.ts";
import * as teams from "../repositories/teams.ts";
import { runtime } from "../runtime.ts";

interface CreateInput {
	readonly body: z.output<typeof createTeam.body>;
	readonly principal: Principal;
}

export const teamsService = {
	list: async () => ({ items: (await teams.listTeams(runtime().prisma)).map(toTeam) }),

	/** Throws `resource.conflict` when the name is taken. */
	create: async ({ body, principal }: CreateInput) => {
		const { prisma, log } = runtime();
		const team = await teams.createTeam(prisma, body.name);
		if (team === undefined) throw new GatewayError("resource.conflict", { param: "name" });
		log.info("A team was added.", { teamId: team.id, by: principal.userId });
		return toTeam(team);
	},
};

function toTeam({ id, name, createdAt }: { id: string; name: string; createdAt: Date }): Team {
	return { id, name, createdAt: createdAt.toISOString() };
}
