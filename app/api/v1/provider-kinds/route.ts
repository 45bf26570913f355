import { listProviderKinds } from "../../../../lib/contracts/providers.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { providersService } from "../../../../lib/server/services/providers.ts";

export const GET = handle(listProviderKinds, providersService.listKinds);
