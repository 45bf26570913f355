import * as z from "zod";
import { actorKinds, threatLevels } from "../../proxy-core/contract/threat-settings.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, page } from "./shapes.ts";

const kind = z.enum(actorKinds);
const value = z.string().trim().min(1).max(400);

/** Whom a ban or a score is about. */
export const actorRef = z.strictObject({
	kind: kind.meta({ title: "What" }),
	value: value.meta({
		title: "Which one",
		description:
			"Address or CIDR range, id of a key, id of a person or name of an end user, session, or TLS fingerprint. End users and sessions of one tenant only are `tenant/name`.",
	}),
});

/** One thing that counted against an actor. */
const causeSchema = z.strictObject({
	at: instant,
	layer: z.string(),
	rule: z.string(),
	points: z.number(),
	/** Null: not a request, such as a failed sign-in. */
	requestId: z.string().nullable(),
});
export type ThreatCause = z.infer<typeof causeSchema>;

const actor = z.strictObject({
	...actorRef.shape,
	/** What people know it by: the name of a key or person. Null: there is no other name. */
	name: z.string().nullable(),
});

export const banSchema = z
	.strictObject({
		id: z.string(),
		...actor.shape,
		reason: z.string(),
		createdAt: instant,
		/** Null: until somebody lifts it. */
		until: instant.nullable(),
		/** Who banned, or null: the threat ledger did. */
		by: z.string().nullable(),
		/** Of the actor when it was banned; null for bans by hand. */
		score: z.number().nullable(),
		/** Newest first. */
		causes: z.array(causeSchema),
		/** When it was lifted before its time, and by whom. */
		liftedAt: instant.nullable(),
		liftedBy: z.string().nullable(),
		/** Whether it is in force now. */
		isInForce: z.boolean(),
		/** Requests refused since, as far as the ledger of requests knows; null where it cannot tell. */
		refusals: z.int().nullable(),
	})
	.meta({ id: "Ban" });
export type Ban = z.infer<typeof banSchema>;

const seconds = z.int().min(60).max(31_536_000);

export const banInput = z
	.strictObject({
		...actorRef.shape,
		reason: z.string().trim().min(1).max(500).meta({
			title: "Why",
			description: "For your colleagues; callers do not see it.",
		}),
		ttlSeconds: seconds.nullable().default(3600).meta({
			title: "For",
			description: "Null: until somebody lifts it.",
			unit: "s",
		}),
	})
	.meta({ id: "BanInput" });
export type BanInput = z.output<typeof banInput>;

export const listBans = defineEndpoint({
	method: "GET",
	path: "/api/v1/bans",
	access: "threats:act",
	summary: "Bans, newest first: those in force, or those that are over",
	query: z.strictObject({
		cursor: z.uuid().optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
		show: z.enum(["in-force", "over"]).default("in-force"),
		kind: kind.optional(),
		/** Part of the value. */
		search: z.string().max(200).optional(),
	}),
	body: nothing,
	answer: page(banSchema),
});

export const createBan = defineEndpoint({
	method: "POST",
	path: "/api/v1/bans",
	access: "threats:act",
	summary: "Ban an actor; in force on every node at once. A longer ban of the same actor stays",
	query: nothing,
	body: banInput,
	answer: banSchema,
});

export const liftBan = defineEndpoint({
	method: "DELETE",
	path: "/api/v1/bans/[id]",
	access: "threats:act",
	summary: "Lift a ban and forget the actor's score",
	query: nothing,
	body: nothing,
	answer: banSchema,
});

export const extendBan = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/bans/[id]",
	access: "threats:act",
	summary: "Let a ban that is in force end so many seconds from now",
	query: nothing,
	body: z.strictObject({ ttlSeconds: seconds.nullable() }),
	answer: banSchema,
});

export const watchedActor = z
	.strictObject({
		...actor.shape,
		/** Points now. */
		score: z.number(),
		/** Null: below every threshold. */
		level: z.enum(threatLevels).nullable(),
		/** How often it was banned. */
		bans: z.int(),
		isBanned: z.boolean(),
		isAllowed: z.boolean(),
		updatedAt: instant,
		causes: z.array(causeSchema),
		/** Highest score in each of the last 24 hours' half hours, oldest first. */
		sparkline: z.array(z.number()),
	})
	.meta({ id: "WatchedActor" });
export type WatchedActor = z.infer<typeof watchedActor>;

export const listWatched = defineEndpoint({
	method: "GET",
	path: "/api/v1/bans/watched",
	access: "threats:act",
	summary: "Actors with a score, highest first",
	query: z.strictObject({
		kind: kind.optional(),
		limit: z.coerce.number().int().min(1).max(200).default(100),
	}),
	body: nothing,
	answer: z.strictObject({ items: z.array(watchedActor) }),
});

export const threatAction = z
	.strictObject({
		id: z.string(),
		at: instant,
		...actor.shape,
		action: z.enum([
			"watched",
			"slowed",
			"challenged",
			"banned",
			"extended",
			"lifted",
			"allowed",
			"disallowed",
		]),
		/** What would have been done, were the threat ledger enforced. */
		isMonitored: z.boolean(),
		score: z.number().nullable(),
		reason: z.string(),
		/** Null: the threat ledger did it. */
		by: z.string().nullable(),
		requestId: z.string().nullable(),
	})
	.meta({ id: "ThreatAction" });
export type ThreatAction = z.infer<typeof threatAction>;

export const listThreatActions = defineEndpoint({
	method: "GET",
	path: "/api/v1/bans/history",
	access: "threats:act",
	summary: "What was done about actors, newest first",
	query: z.strictObject({
		cursor: z.uuid().optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
		kind: kind.optional(),
		value: value.optional(),
	}),
	body: nothing,
	answer: page(threatAction),
});

export const allowList = z
	.strictObject({
		/** Version of the settings it was read from. */
		version: z.int(),
		addresses: z.array(z.string()),
		keys: z.array(z.strictObject({ id: z.string(), name: z.string().nullable() })),
		/** Never acted on either: proxies of the environment. */
		trustedProxies: z.array(z.string()),
	})
	.meta({ id: "AllowList" });
export type AllowList = z.infer<typeof allowList>;

export const getAllowList = defineEndpoint({
	method: "GET",
	path: "/api/v1/bans/allow-list",
	access: "threats:act",
	summary: "Addresses and keys that are never scored, slowed or banned",
	query: nothing,
	body: nothing,
	answer: allowList,
});

export const changeAllowList = defineEndpoint({
	method: "POST",
	path: "/api/v1/bans/allow-list",
	access: "threats:act",
	summary:
		"Put an address, range or key on the allow-list, or take it off; a new version of the settings",
	query: nothing,
	body: z.strictObject({
		kind: z.enum(["ip", "key"]),
		value: value.meta({ title: "Address, range or key" }),
		isAllowed: z.boolean(),
	}),
	answer: allowList,
});
