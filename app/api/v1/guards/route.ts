import { listGuards } from "../../../../lib/contracts/guards.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { guardsService } from "../../../../lib/server/services/guards.ts";

export const GET = handle(listGuards, guardsService.list);
