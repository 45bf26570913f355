import { listRequests } from "../../../../lib/contracts/requests.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { requestsService } from "../../../../lib/server/services/requests.ts";

export const GET = handle(listRequests, requestsService.list);
