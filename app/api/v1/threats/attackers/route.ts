import { getAttackers } from "../../../../../lib/contracts/threats.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { threatsService } from "../../../../../lib/server/services/threats.ts";

export const GET = handle(getAttackers, threatsService.attackers);
