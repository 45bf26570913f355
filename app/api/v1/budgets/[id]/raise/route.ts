import { raiseBudget } from "../../../../../../lib/contracts/budgets.ts";
import { handle } from "../../../../../../lib/server/http/handle.ts";
import { budgetsService } from "../../../../../../lib/server/services/budgets.ts";

export const POST = handle(raiseBudget, budgetsService.raise);
