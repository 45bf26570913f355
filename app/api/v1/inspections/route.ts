import { inspect } from "../../../../lib/contracts/inspections.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { inspectionsService } from "../../../../lib/server/services/inspections.ts";

export const POST = handle(inspect, inspectionsService.inspect);
