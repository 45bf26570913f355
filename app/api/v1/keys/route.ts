import { createKey, listKeys } from "../../../../lib/contracts/keys.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { keysService } from "../../../../lib/server/services/keys.ts";

export const GET = handle(listKeys, keysService.list);
export const POST = handle(createKey, keysService.create);
