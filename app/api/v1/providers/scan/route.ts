import { scanProviders } from "../../../../../lib/contracts/providers.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { scanService } from "../../../../../lib/server/services/provider-scan.ts";

export const POST = handle(scanProviders, scanService.scan);
