import * as z from "zod";
import { settingsSchema } from "../../../proxy-core/contract/settings.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { putSettings, setKillSwitch } from "../../contracts/system.ts";
import { editableSettings } from "../../contracts/system.ts";
import type { Principal } from "../auth/principal.ts";
import { appendSettings, listSettings } from "../repositories/settings.ts";
import { runtime } from "../runtime.ts";

interface PutInput {
	readonly body: z.output<typeof putSettings.body>;
	readonly principal: Principal;
}
interface KillInput {
	readonly body: z.output<typeof setKillSwitch.body>;
	readonly principal: Principal;
}

export const settingsService = {
	get: async () => describeSettings(),

	/** Sections that are not sent stay. Throws `request.invalid`, and `resource.conflict` when somebody was faster. */
	put: async ({ body, principal }: PutInput) => {
		const { prisma, configuration, snapshot, log } = runtime();
		// Guards own parts of the settings; a value that they refuse must not be stored.
		configuration.checkSettings({ ...snapshot().settings, ...body.value });
		const saved = await appendSettings(prisma, {
			changedBy: principal.email,
			next: (newest) =>
				(newest?.version ?? 0) === body.version
					? { ...toObject(newest?.value), ...body.value }
					: undefined,
		});
		if (saved === undefined) {
			throw new GatewayError("resource.conflict", {
				message: "Somebody else changed the settings meanwhile; load them again.",
			});
		}
		await configuration.changed("settings");
		log.info("The settings were changed.", { version: saved.version, by: principal.userId });
		return describeSettings();
	},

	getKillSwitch: async () => runtime().snapshot().settings.killSwitch,

	/** Stops or resumes model traffic; in force on this node when it resolves. */
	setKillSwitch: async ({ body, principal }: KillInput) => {
		const { prisma, configuration, snapshot, log } = runtime();
		const since = new Date().toISOString();
		await appendSettings(prisma, {
			changedBy: principal.email,
			next: (newest) => ({
				...toObject(newest?.value),
				// Callers of the gateway are told, so it is the name and not the address.
				killSwitch: { engaged: body.engaged, reason: body.reason, by: principal.name, since },
			}),
		});
		await configuration.changed("settings");
		const { killSwitch } = snapshot().settings;
		log.warn(body.engaged ? "The kill switch was engaged." : "The kill switch was released.", {
			reason: body.reason,
			by: principal.userId,
		});
		return killSwitch;
	},
};

async function describeSettings() {
	const { prisma, snapshot } = runtime();
	const [newest] = await listSettings(prisma);
	const { killSwitch: _own, ...value } = snapshot().settings;
	return {
		version: newest?.version ?? 0,
		value,
		schema: settingsJsonSchema(),
		changedBy: newest?.changedBy ?? null,
		changedAt: newest?.createdAt.toISOString() ?? null,
	};
}

function settingsJsonSchema(): Record<string, unknown> {
	const schema = z.toJSONSchema(editableSettings, { io: "input" });
	return {
		...schema,
		properties: { ...schema.properties, guards: runtime().configuration.guardsSchema },
	};
}

/**
 * What a change is put on top of: the newest stored version with the kill switch as it stands there.
 * One that does not parse any more must not stand between a person and the kill switch.
 */
function toObject(value: unknown): object {
	const stored = settingsSchema.safeParse(value);
	return stored.success ? stored.data : runtime().snapshot().settings;
}
