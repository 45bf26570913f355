import { listThreatActions } from "../../../../../lib/contracts/bans.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { bansService } from "../../../../../lib/server/services/bans.ts";

export const GET = handle(listThreatActions, bansService.actions);
