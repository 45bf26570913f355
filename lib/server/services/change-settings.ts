import type { Settings } from "../../../proxy-core/contract/settings.ts";
import { settingsSchema } from "../../../proxy-core/contract/settings.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Principal } from "../auth/principal.ts";
import { appendSettings } from "../repositories/settings.ts";
import { runtime } from "../runtime.ts";

/** What is put on top of the newest version. Must not have effects of its own. */
type Change = (settings: Settings) => object;

interface SeenChange {
	readonly principal: Principal;
	/** The version that the person saw; 0: none was stored. */
	readonly version: number;
	readonly change: Change;
}

/**
 * Adds a version of the settings, and returns its number; in force here when it resolves. Throws
 * `request.invalid`, and `resource.conflict` when somebody was faster.
 */
export async function changeSettings({ principal, version, change }: SeenChange): Promise<number> {
	const { prisma, configuration, snapshot } = runtime();
	// Guards own parts of the settings; a value that they refuse must not be stored.
	configuration.checkSettings(change(snapshot().settings));
	const saved = await appendSettings(prisma, {
		changedBy: principal.email,
		next: (newest) =>
			(newest?.version ?? 0) === version ? change(settingsOf(newest?.value)) : undefined,
	});
	if (saved === undefined) {
		throw new GatewayError("resource.conflict", {
			message: "Somebody else changed the settings meanwhile; load them again.",
		});
	}
	await configuration.changed("settings");
	return saved.version;
}

/** Changes one thing, whatever version stands below it: it is right on top of any. */
export async function amendSettings(principal: Principal, change: Change): Promise<void> {
	const { prisma, configuration } = runtime();
	await appendSettings(prisma, {
		changedBy: principal.email,
		next: (newest) => change(settingsOf(newest?.value)),
	});
	await configuration.changed("settings");
}

/** A stored version that does not parse any more is not in force, and must not stand in anybody's way. */
function settingsOf(value: unknown): Settings {
	const stored = settingsSchema.safeParse(value);
	return stored.success ? stored.data : runtime().snapshot().settings;
}
