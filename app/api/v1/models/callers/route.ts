import { listModelCallers } from "../../../../../lib/contracts/models.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { modelsService } from "../../../../../lib/server/services/models.ts";

export const GET = handle(listModelCallers, modelsService.callers);
