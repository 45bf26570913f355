import { deleteProvider, updateProvider } from "../../../../../lib/contracts/providers.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { providersService } from "../../../../../lib/server/services/providers.ts";

export const PATCH = handle(updateProvider, providersService.update);
export const DELETE = handle(deleteProvider, providersService.remove);
