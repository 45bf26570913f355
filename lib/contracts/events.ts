import * as z from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { nothing } from "./shapes.ts";

/** What the console hears while it is open. Names are noun.verb in the past. */
export const liveEvent = z.discriminatedUnion("type", [
	z.strictObject({
		type: z.literal("requests.settled"),
		count: z.int(),
		refused: z.int(),
		failed: z.int(),
	}),
	z.strictObject({ type: z.literal("settings.changed") }),
	z.strictObject({ type: z.literal("keys.changed") }),
	z.strictObject({ type: z.literal("providers.changed") }),
	/** Routes, or the switch, priority or timeouts of a target. */
	z.strictObject({ type: z.literal("routing.changed") }),
	z.strictObject({ type: z.literal("budgets.changed") }),
	/** A limit was reached; told once for each window. */
	z.strictObject({
		type: z.literal("budget.reached"),
		budgetId: z.string(),
		title: z.string(),
		level: z.enum(["soft", "hard"]),
	}),
	/** New threat events; `worst` is the rank of the worst severity, 1 is low. */
	z.strictObject({
		type: z.literal("threats.found"),
		count: z.int(),
		blocked: z.int(),
		worst: z.int(),
	}),
	/** Incidents are new, went on, or somebody worked on them. */
	z.strictObject({ type: z.literal("incidents.changed") }),
	/** Somebody was banned, or something else was done about an actor. */
	z.strictObject({ type: z.literal("bans.changed") }),
	/** Sent at the beginning and every few seconds, so that a dead connection shows. */
	z.strictObject({ type: z.literal("stream.alive"), at: z.number() }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

export const streamEvents = defineEndpoint({
	method: "GET",
	path: "/api/v1/events",
	access: "signed-in",
	summary: "Live events as server-sent events, one JSON object each",
	query: nothing,
	body: nothing,
	answer: z.unknown(),
});
