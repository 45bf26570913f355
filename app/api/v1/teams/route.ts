import { createTeam, listTeams } from "../../../../lib/contracts/users.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { teamsService } from "../../../../lib/server/services/teams.ts";

export const GET = handle(listTeams, teamsService.list);
export const POST = handle(createTeam, teamsService.create);
