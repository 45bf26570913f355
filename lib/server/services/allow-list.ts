import type * as z from "zod";
import type { Settings } from "../../../proxy-core/contract/settings.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { AllowList, changeAllowList } from "../../contracts/bans.ts";
import type { Principal } from "../auth/principal.ts";
import { recordAction } from "../repositories/bans.ts";
import { listSettings } from "../repositories/settings.ts";
import { runtime } from "../runtime.ts";
import { changedAddresses } from "../threats/allow-list.ts";
import { readRange } from "../threats/bannable.ts";
import { amendSettings } from "./change-settings.ts";

type Change = z.output<typeof changeAllowList.body>;

export const allowListService = {
	get: async () => readAllowList(),

	/** Throws `request.invalid` for what is no address, range or key. */
	change: async ({ body, principal }: { readonly body: Change; readonly principal: Principal }) => {
		await changeAllowed(principal, body);
		return readAllowList();
	},
};

/**
 * Puts an address, range or key on the allow-list or takes it off, as a new version of the settings; in
 * force here when it resolves. Throws `request.invalid`.
 */
export async function changeAllowed(
	principal: Principal,
	{ kind, value, isAllowed }: Change,
): Promise<void> {
	const { prisma, snapshot, log, node } = runtime();
	const name = kind === "ip" ? readRange(value) : value;
	if (kind === "key" && isAllowed && !snapshot().keys.has(name)) {
		throw new GatewayError("request.invalid", {
			param: "value",
			message: "There is no key with this id.",
		});
	}
	await amendSettings(principal, (settings) =>
		withAllowed(settings, { kind, value: name, isAllowed }),
	);
	const action = isAllowed ? "allowed" : "disallowed";
	const reason = isAllowed ? "Put on the allow-list" : "Taken off the allow-list";
	await recordAction(prisma, { kind, value: name, action, reason }, { by: principal.email, node });
	log.info("The allow-list was changed.", { kind, value: name, isAllowed, by: principal.userId });
}

function withAllowed(settings: Settings, { kind, value, isAllowed }: Change): Settings {
	const { allow } = settings.threats;
	const next =
		kind === "ip"
			? { ...allow, addresses: changedAddresses(allow.addresses, value, isAllowed) }
			: {
					...allow,
					keyIds: [...allow.keyIds.filter((id) => id !== value), ...(isAllowed ? [value] : [])],
				};
	return { ...settings, threats: { ...settings.threats, allow: next } };
}

async function readAllowList(): Promise<AllowList> {
	const { prisma, snapshot, environment } = runtime();
	const [newest] = await listSettings(prisma);
	const { settings, keys } = snapshot();
	const { addresses, keyIds } = settings.threats.allow;
	return {
		version: newest?.version ?? 0,
		addresses,
		keys: keyIds.map((id) => ({ id, name: keys.get(id)?.name ?? null })),
		trustedProxies: [...environment.trustedProxies],
	};
}
