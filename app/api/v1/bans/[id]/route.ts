import { extendBan, liftBan } from "../../../../../lib/contracts/bans.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { bansService } from "../../../../../lib/server/services/bans.ts";

export const PATCH = handle(extendBan, bansService.extend);
export const DELETE = handle(liftBan, bansService.lift);
