import { changeAllowList, getAllowList } from "../../../../../lib/contracts/bans.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { allowListService } from "../../../../../lib/server/services/allow-list.ts";

export const GET = handle(getAllowList, allowListService.get);
export const POST = handle(changeAllowList, allowListService.change);
