import { createBan, listBans } from "../../../../lib/contracts/bans.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { bansService } from "../../../../lib/server/services/bans.ts";

export const GET = handle(listBans, bansService.list);
export const POST = handle(createBan, bansService.create);
