import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { IncidentAction } from "../../contracts/incidents.ts";
import type { Principal } from "../auth/principal.ts";
import type { IncidentRow } from "../repositories/incidents.ts";
import { changeAllowed } from "./allow-list.ts";
import { banActor, watchActor } from "./bans.ts";

type OnSuspect = Exclude<IncidentAction, { action: "watch" }>;

const watchSeconds = 7 * 86_400;

/**
 * Bans somebody, or puts an address or a key on the allow-list, and says what was done. Throws
 * `request.invalid` for whom that cannot be done to.
 */
export async function takeAction(action: OnSuspect, principal: Principal): Promise<string> {
	const { kind, id: value } = action.suspect;
	if (action.action === "ban") {
		const { minutes, reason } = action;
		const ttlSeconds = minutes === null ? null : minutes * 60;
		await banActor(principal, { kind, value, reason, ttlSeconds });
		const until = minutes === null ? "until somebody lifts it" : `for ${minutes} min`;
		return `Banned ${kind} ${value} ${until}: ${reason}`;
	}
	if (kind !== "ip" && kind !== "key") {
		const message = "Only addresses and keys can be on the allow-list.";
		throw new GatewayError("request.invalid", { param: "suspect", message });
	}
	await changeAllowed(principal, { kind, value, isAllowed: true });
	return `Put ${kind} ${value} on the allow-list: ${action.reason}`;
}

/** Keeps whoever an incident is held against on the watch list for a week. */
export async function watch(incident: IncidentRow, principal: Principal): Promise<void> {
	const { actorKind, actor: value, number } = incident;
	const kind = actorKind === "ip" || actorKind === "key" ? actorKind : "user";
	const reason = `Incident #${number}`;
	await watchActor(principal, { kind, value, reason, ttlSeconds: watchSeconds });
}
