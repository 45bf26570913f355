import { getRequest } from "../../../../../lib/contracts/requests.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { requestsService } from "../../../../../lib/server/services/requests.ts";

export const GET = handle(getRequest, requestsService.get);
