import { getKillSwitch, setKillSwitch } from "../../../../lib/contracts/system.ts";
import { handle } from "../../../../lib/server/http/handle.ts";
import { settingsService } from "../../../../lib/server/services/settings.ts";

export const GET = handle(getKillSwitch, settingsService.getKillSwitch);
export const PUT = handle(setKillSwitch, settingsService.setKillSwitch);
