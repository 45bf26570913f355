import { archiveBudget, getBudget, updateBudget } from "../../../../../lib/contracts/budgets.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { budgetsService } from "../../../../../lib/server/services/budgets.ts";

export const GET = handle(getBudget, budgetsService.get);
export const PATCH = handle(updateBudget, budgetsService.update);
export const DELETE = handle(archiveBudget, budgetsService.archive);
