import { listIncidents } from "../../../../lib/contracts/incidents.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { incidentsService } from "../../../../lib/server/services/incidents.ts";

export const GET = handle(listIncidents, incidentsService.list);
