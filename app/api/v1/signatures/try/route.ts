import { trySignatures } from "../../../../../lib/contracts/signatures.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { signaturesService } from "../../../../../lib/server/services/signatures.ts";

export const POST = handle(trySignatures, signaturesService.try);
