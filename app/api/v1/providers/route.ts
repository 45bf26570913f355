import { createProvider, listProviders } from "../../../../lib/contracts/providers.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { providersService } from "../../../../lib/server/services/providers.ts";

export const GET = handle(listProviders, providersService.list);
export const POST = handle(createProvider, providersService.create);
