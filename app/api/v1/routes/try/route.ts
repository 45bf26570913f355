import { tryRoute } from "../../../../../lib/contracts/routes.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { routesService } from "../../../../../lib/server/services/routes.ts";

export const POST = handle(tryRoute, routesService.tryOut);
