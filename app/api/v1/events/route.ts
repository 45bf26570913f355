import { streamEvents } from "../../../../lib/contracts/events.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { liveEventsService } from "../../../../lib/server/services/live-events.ts";

export const GET = handle(streamEvents, liveEventsService.stream);
