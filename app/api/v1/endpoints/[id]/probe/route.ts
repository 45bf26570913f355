import { probeEndpoint } from "../../../../../../lib/contracts/endpoints.ts";
import { handle } from "../../../../../../lib/server/http/handle.ts";
import { endpointsService } from "../../../../../../lib/server/services/endpoints.ts";

export const POST = handle(probeEndpoint, endpointsService.probe);
