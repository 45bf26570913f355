import { listSignatures, putSignatures } from "../../../../lib/contracts/signatures.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { signaturesService } from "../../../../lib/server/services/signatures.ts";

export const GET = handle(listSignatures, signaturesService.list);
export const PUT = handle(putSignatures, signaturesService.put);
