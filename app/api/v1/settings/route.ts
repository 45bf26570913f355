import { getSettings, putSettings } from "../../../../lib/contracts/system.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { settingsService } from "../../../../lib/server/services/settings.ts";

export const GET = handle(getSettings, settingsService.get);
export const PUT = handle(putSettings, settingsService.put);
