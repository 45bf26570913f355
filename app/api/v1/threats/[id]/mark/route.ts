import { markThreat } from "../../../../../../lib/contracts/threats.ts";
import { handle } from "../../../../../../lib/server/http/handle.ts";
import { threatsService } from "../../../../../../lib/server/services/threats.ts";

export const PUT = handle(markThreat, threatsService.mark);
