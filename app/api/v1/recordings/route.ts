import { getRecordings } from "../../../../lib/contracts/inspections.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { inspectionsService } from "../../../../lib/server/services/inspections.ts";

export const GET = handle(getRecordings, inspectionsService.recordings);
