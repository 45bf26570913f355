import { listAssignees } from "../../../../../lib/contracts/incidents.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { incidentsService } from "../../../../../lib/server/services/incidents.ts";

export const GET = handle(listAssignees, incidentsService.assignees);
