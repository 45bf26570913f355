import { getOverview } from "../../../../lib/contracts/overview.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { overviewService } from "../../../../lib/server/services/overview.ts";

export const GET = handle(getOverview, overviewService.get);
