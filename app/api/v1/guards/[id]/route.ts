import { updateGuard } from "../../../../../lib/contracts/guards.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { guardsService } from "../../../../../lib/server/services/guards.ts";

export const PUT = handle(updateGuard, guardsService.update);
