import { revokeKey } from "../../../../../../lib/contracts/keys.ts";
import { handle } from "../../../../../../lib/server/http/handle.ts";
import { keysService } from "../../../../../../lib/server/services/keys.ts";

export const POST = handle(revokeKey, keysService.revoke);
