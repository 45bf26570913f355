import type { ActorKind } from "../contract/threat-settings.ts";
import { tenantOf } from "../guards/request-view.ts";
import type { Caller } from "../pipeline/context.ts";
import { networkOfCaller } from "./address-ranges.ts";
import type { Labels } from "./read-labels.ts";

/** Somebody, or something, that a request comes from. */
export interface Actor {
	readonly kind: ActorKind;
	/** End users and sessions: `tenant/name`, so that nobody can claim to be another tenant's. */
	readonly value: string;
	/** `kind:value`. */
	readonly id: string;
	/** A ban by hand may be about a name in every tenant: what that ban is kept under. */
	readonly anywhere?: string;
	/** Of an address: the address itself; `value` may be the network around it. */
	readonly address?: string;
	/** What the setting of the furthest step is looked up by; an owner is reached as far as its keys. */
	readonly reach: ActorKind;
}

export function actorId(kind: ActorKind, value: string): string {
	return `${kind}:${value}`;
}

function actor(kind: ActorKind, value: string, reach: ActorKind = kind): Actor {
	return { kind, value, id: actorId(kind, value), reach };
}

export function addressActor(address: string): Actor {
	return { ...actor("ip", networkOfCaller(address)), address };
}

/**
 * Who a request comes from, before its body is read. A signed-in person in the console is not held
 * against the address: colleagues share it, and a person has a name.
 */
export function actorsOfHead(
	caller: Caller,
	head: { readonly ip: string; readonly fingerprint: string | undefined } & Labels,
): readonly Actor[] {
	if (caller.kind === "console") return [actor("user", caller.userId, "key")];
	const actors = [addressActor(head.ip), actor("key", caller.keyId)];
	if (caller.ownerId !== null) actors.push(actor("user", caller.ownerId, "key"));
	if (head.fingerprint !== undefined) actors.push(actor("fingerprint", head.fingerprint));
	return [...actors, ...actorsOfLabels(caller, head)];
}

/** Names that applications give, each within its tenant. */
export function actorsOfLabels(caller: Caller, { endUser, session }: Labels): readonly Actor[] {
	const tenant = tenantOf(caller);
	const actors: Actor[] = [];
	if (endUser !== undefined) actors.push(named("user", tenant, endUser));
	if (session !== undefined) actors.push(named("session", tenant, session));
	return actors;
}

function named(kind: "user" | "session", tenant: string, name: string): Actor {
	return { ...actor(kind, `${tenant}/${name}`), anywhere: actorId(kind, name) };
}
