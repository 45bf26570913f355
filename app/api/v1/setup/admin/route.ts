import { createFirstAdmin } from "../../../../../lib/contracts/system.ts";
import { handlePublic } from "../../../../../lib/server/http/handle.ts";
import { setupService } from "../../../../../lib/server/services/setup.ts";

export const POST = handlePublic(createFirstAdmin, setupService.createAdmin);
