import { updateTeam } from "../../../../../lib/contracts/users.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { teamsService } from "../../../../../lib/server/services/teams.ts";

export const PATCH = handle(updateTeam, teamsService.update);
