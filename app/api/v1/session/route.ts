import { getSession } from "../../../../lib/contracts/system.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { sessionService } from "../../../../lib/server/services/session.ts";

export const GET = handle(getSession, sessionService.get);
