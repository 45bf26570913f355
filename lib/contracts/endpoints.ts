import * as z from "zod";
import { settingsSchema } from "../../proxy-core/contract/settings.ts";
import { defineEndpoint } from "./endpoint.ts";
import { targetStanding } from "./routes.ts";
import { instant, nothing } from "./shapes.ts";

const timeouts = settingsSchema.shape.timeouts.unwrap();
const { connectMs, firstByteMs, idleMs, totalMs } = timeouts.shape;

/** A target's own timeouts in milliseconds; what is left out or null is the installation's. */
export const ownTimeouts = z.strictObject({
	connectMs: connectMs.unwrap().nullable().default(null),
	firstByteMs: firstByteMs.unwrap().nullable().default(null),
	idleMs: idleMs.unwrap().nullable().default(null),
	totalMs: totalMs.unwrap().nullable().default(null),
});
export type OwnTimeouts = z.output<typeof ownTimeouts>;

/** The last ten minutes in slices of ten seconds, oldest first. All lists are equally long. */
export const latencySeries = z.strictObject({
	from: instant,
	stepMs: z.int(),
	requests: z.array(z.int()),
	failures: z.array(z.int()),
	/** Mean time to the first byte; null without an answer in the slice. */
	latencyMs: z.array(z.number().nullable()),
});

export const probeReport = z.strictObject({
	ok: z.boolean(),
	message: z.string(),
	latencyMs: z.int(),
	at: instant,
});

export const endpointSchema = z
	.strictObject({
		/** For the paths of this API; made from the target's name. */
		id: z.string(),
		/** `provider/model`. */
		target: z.string(),
		provider: z.string(),
		providerTitle: z.string(),
		/** Kind of provider. */
		kind: z.string(),
		model: z.string(),
		isEnabled: z.boolean(),
		/** A disabled provider's targets get no requests, whatever their own switch says. */
		isProviderEnabled: z.boolean(),
		/** Lower is tried first where nothing else decides. */
		priority: z.int(),
		timeouts: ownTimeouts,
		/** What counts: the target's own, or the installation's. */
		timeoutsInForce: timeouts,
		/** On the node that answered. */
		standing: targetStanding,
		/** Null when nothing was sent to it in the last ten minutes. */
		series: latencySeries.nullable(),
		/** The last health check or probe by this node; null when there was none since its start. */
		lastCheck: z.strictObject({ ok: z.boolean(), latencyMs: z.int(), at: instant }).nullable(),
		/** Names of the routes in force that list it. */
		routes: z.array(z.string()),
	})
	.meta({ id: "TargetEndpoint" });
export type TargetEndpoint = z.output<typeof endpointSchema>;

export const listEndpoints = defineEndpoint({
	method: "GET",
	path: "/api/v1/endpoints",
	access: "registry:read",
	summary: "List every target with its health, load and circuit on this node",
	query: nothing,
	body: nothing,
	answer: z.strictObject({
		items: z.array(endpointSchema),
		/** The node that answered; each keeps its own count. */
		node: z.string(),
	}),
});

export const updateEndpoint = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/endpoints/[id]",
	access: "registry:write",
	summary: "Change a target's switch, priority and timeouts",
	query: nothing,
	body: z
		.strictObject({
			isEnabled: z.boolean(),
			priority: z.int().min(-1000).max(1000),
			timeouts: ownTimeouts,
		})
		.partial(),
	answer: endpointSchema,
});

export const probeEndpoint = defineEndpoint({
	method: "POST",
	path: "/api/v1/endpoints/[id]/probe",
	access: "registry:write",
	summary: "Ask the target's provider for its models now, and count the result as a health check",
	query: nothing,
	body: nothing,
	answer: probeReport,
});
