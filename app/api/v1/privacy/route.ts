import { getPrivacy, putPrivacy } from "../../../../lib/contracts/privacy.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { privacyService } from "../../../../lib/server/services/privacy.ts";

export const GET = handle(getPrivacy, privacyService.get);
export const PUT = handle(putPrivacy, privacyService.put);
