import * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { createTeam, Team, updateTeam } from "../../contracts/users.ts";
import type { Principal } from "../auth/principal.ts";
import * as teams from "../repositories/teams.ts";
import { runtime } from "../runtime.ts";

interface CreateInput {
	readonly body: z.output<typeof createTeam.body>;
	readonly principal: Principal;
}
interface UpdateInput {
	readonly params: { readonly id: string };
	readonly body: z.output<typeof updateTeam.body>;
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

	/** Limits of its keys, in force when it resolves. Throws `resource.not_found`. */
	update: async ({ params, body, principal }: UpdateInput) => {
		const { prisma, configuration, log } = runtime();
		const isId = z.uuid().safeParse(params.id).success;
		const team = isId ? await teams.updateTeam(prisma, params.id, body) : undefined;
		if (team === undefined) throw new GatewayError("resource.not_found");
		await configuration.changed("keys");
		log.info("A team was changed.", { teamId: team.id, by: principal.userId });
		return toTeam(team);
	},
};

function toTeam(team: teams.TeamRow): Team {
	const { id, name, createdAt, textBytesMax, messagesMax } = team;
	return { id, name, createdAt: createdAt.toISOString(), textBytesMax, messagesMax };
}
