import type { ThreatAction } from "../../lib/contracts/bans.ts";
import type { ActorKind, ThreatLevel } from "../../proxy-core/contract/threat-settings.ts";
import { actorKinds } from "../../proxy-core/contract/threat-settings.ts";
import type { BadgeTone } from "../ui/badge.tsx";

export const kindWords: Readonly<
	Record<ActorKind, { readonly label: string; readonly example: string; readonly help: string }>
> = {
	ip: {
		label: "Address",
		example: "203.0.113.7 or 203.0.113.0/24",
		help: "An address, or a range of them.",
	},
	key: { label: "Key", example: "Id of the key", help: "Everybody who uses this API key." },
	user: {
		label: "User",
		example: "Id of a person, or name of an end user",
		help: "A person of the console with all their keys, or an end user that applications name: in every tenant, or `tenant/name` in one.",
	},
	session: {
		label: "Session",
		example: "Session id",
		help: "A conversation that applications name: in every tenant, or `tenant/name` in one.",
	},
	fingerprint: {
		label: "TLS fingerprint",
		example: "ja4:t13d1516h2_8daaf6152771_b186095e22b6",
		help: "Everybody with this client program. Popular programs share one.",
	},
};

export const kindOptions = actorKinds.map((value) => ({ value, label: kindWords[value].label }));

export const levelWords: Readonly<
	Record<ThreatLevel, { readonly label: string; readonly tone: BadgeTone }>
> = {
	watch: { label: "Watched", tone: "note" },
	"slow-down": { label: "Slowed down", tone: "caution" },
	challenge: { label: "Challenged", tone: "alert" },
	ban: { label: "Ban reached", tone: "danger" },
};

export const actionWords: Readonly<
	Record<
		ThreatAction["action"],
		{ readonly done: string; readonly would: string; readonly tone: BadgeTone }
	>
> = {
	watched: { done: "Watched", would: "Would be watched", tone: "note" },
	slowed: { done: "Slowed down", would: "Would be slowed down", tone: "caution" },
	challenged: { done: "Challenged", would: "Would be challenged", tone: "alert" },
	banned: { done: "Banned", would: "Would be banned", tone: "danger" },
	extended: { done: "New end", would: "New end", tone: "danger" },
	lifted: { done: "Lifted", would: "Lifted", tone: "ok" },
	allowed: { done: "Allow-listed", would: "Allow-listed", tone: "ok" },
	disallowed: { done: "Off the allow-list", would: "Off the allow-list", tone: "idle" },
};

export const layerWords: Readonly<Record<string, string>> = {
	firewall: "Firewall",
	shield: "Shield",
	trajectory: "Trajectory",
	privacy: "Personal data",
	secrets: "Secrets",
	answer: "Answer",
	credentials: "Refused key",
	limits: "Rate limit",
	"sign-in": "Failed sign-in",
	edge: "Edge",
};

export const durations = [
	{ value: "900", label: "15 minutes" },
	{ value: "3600", label: "1 hour" },
	{ value: "86400", label: "1 day" },
	{ value: "604800", label: "1 week" },
	{ value: "2592000", label: "30 days" },
	{ value: "forever", label: "Until somebody lifts it" },
] as const;
export type Duration = (typeof durations)[number]["value"];

/** Null: until somebody lifts it. */
export function secondsOf(duration: Duration): number | null {
	return duration === "forever" ? null : Number(duration);
}

/** The tenant of a name that counts within one tenant only, and the name. */
export function splitName(
	kind: ActorKind,
	value: string,
): { readonly tenant: string | undefined; readonly name: string } {
	if (kind !== "user" && kind !== "session") return { tenant: undefined, name: value };
	const slash = value.indexOf("/");
	const tenant = slash === -1 ? "" : value.slice(0, slash);
	if (!/^(?:team|key|user):/.test(tenant)) return { tenant: undefined, name: value };
	return { tenant, name: value.slice(slash + 1) };
}

/** What a person reads as the name of an actor. */
export function displayName(actor: {
	readonly kind: ActorKind;
	readonly value: string;
	readonly name: string | null;
}): string {
	return actor.name ?? splitName(actor.kind, actor.value).name;
}

/** The Requests page with what this actor sent; undefined where that page has no such filter. */
export function requestsOf(kind: ActorKind, value: string): string | undefined {
	const name = kind === "ip" ? "ip" : kind === "key" ? "keyId" : undefined;
	if (name === undefined || value.includes("/")) return undefined;
	return `/requests?${new URLSearchParams({ [name]: value, range: "7d" }).toString()}`;
}
