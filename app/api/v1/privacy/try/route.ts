import { tryPrivacy } from "../../../../../lib/contracts/privacy.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { privacyService } from "../../../../../lib/server/services/privacy.ts";

export const POST = handle(tryPrivacy, privacyService.try);
