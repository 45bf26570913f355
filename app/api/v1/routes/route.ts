import { createRoute, listRoutes } from "../../../../lib/contracts/routes.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { routesService } from "../../../../lib/server/services/routes.ts";

export const GET = handle(listRoutes, routesService.list);
export const POST = handle(createRoute, routesService.create);
