import { listPrices, setPrice } from "../../../../lib/contracts/prices.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { pricesService } from "../../../../lib/server/services/prices.ts";

export const GET = handle(listPrices, pricesService.list);
export const PUT = handle(setPrice, pricesService.set);
