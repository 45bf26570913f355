import * as z from "zod";
import type { putSettings, setKillSwitch } from "../../contracts/system.ts";
import { editableSettings } from "../../contracts/system.ts";
import type { Principal } from "../auth/principal.ts";
import { listSettings } from "../repositories/settings.ts";
import { runtime } from "../runtime.ts";
import { amendSettings, changeSettings } from "./change-settings.ts";

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
		const version = await changeSettings({
			principal,
			version: body.version,
			change: (settings) => ({ ...settings, ...body.value }),
		});
		runtime().log.info("The settings were changed.", { version, by: principal.userId });
		return describeSettings();
	},

	getKillSwitch: async () => runtime().snapshot().settings.killSwitch,

	/** Stops or resumes model traffic; in force on this node when it resolves. */
	setKillSwitch: async ({ body, principal }: KillInput) => {
		const { snapshot, log } = runtime();
		const since = new Date().toISOString();
		await amendSettings(principal, (settings) => ({
			...settings,
			// Callers of the gateway are told, so it is the name and not the address.
			killSwitch: { engaged: body.engaged, reason: body.reason, by: principal.name, since },
		}));
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
