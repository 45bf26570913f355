import { exportAnalytics } from "../../../../../lib/contracts/analytics.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { analyticsService } from "../../../../../lib/server/services/analytics.ts";

export const GET = handle(exportAnalytics, analyticsService.export);
