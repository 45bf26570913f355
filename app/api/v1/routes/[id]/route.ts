import { deleteRoute, updateRoute } from "../../../../../lib/contracts/routes.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { routesService } from "../../../../../lib/server/services/routes.ts";

export const PUT = handle(updateRoute, routesService.update);
export const DELETE = handle(deleteRoute, routesService.remove);
