import { getPriceHistory } from "../../../../../lib/contracts/prices.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { pricesService } from "../../../../../lib/server/services/prices.ts";

export const GET = handle(getPriceHistory, pricesService.history);
