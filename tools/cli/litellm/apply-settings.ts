import { isDeepStrictEqual } from "node:util";
import { checkSettings } from "../../../lib/server/configuration/effective-settings.ts";
import { appendSettings } from "../../../lib/server/repositories/settings.ts";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { settingsSchema } from "../../../proxy-core/contract/settings.ts";
import type { Effect } from "./effects.ts";
import type { PlannedSettings } from "./import-plan.ts";
import { importedBy } from "./imported-by.ts";

/** A new version of the settings, where the file says anything that is not in force already. */
export async function applySettings(
	{ routing, timeouts, cache }: PlannedSettings,
	prisma: PrismaClient,
): Promise<readonly Effect[]> {
	if ([routing, timeouts, cache].every((part) => Object.keys(part).length === 0)) return [];
	const saved = await appendSettings(prisma, {
		changedBy: importedBy,
		next: (newest) => {
			const stored = settingsSchema.safeParse(newest?.value ?? {});
			// A version that cannot be read any more may hold the kill switch; people have to look at it first.
			if (!stored.success) return undefined;
			const before = stored.data;
			const after = checkSettings({
				...before,
				routing: { ...before.routing, ...routing },
				timeouts: { ...before.timeouts, ...timeouts },
				cache: {
					...before.cache,
					...cache,
					semantic: { ...before.cache.semantic, ...cache.semantic },
				},
			});
			return isDeepStrictEqual(before, after) ? undefined : after;
		},
	});
	return [saved === undefined ? "unchanged" : "updated"];
}
