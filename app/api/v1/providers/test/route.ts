import { testProvider } from "../../../../../lib/contracts/providers.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { providersService } from "../../../../../lib/server/services/providers.ts";

export const POST = handle(testProvider, providersService.test);
