import * as z from "zod";
import { ruleModes, severities, threatCategories } from "../../proxy-core/contract/threats.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing } from "./shapes.ts";

/** What was found in the last 24 hours, and what people said about it. */
const hits = z.strictObject({
	found: z.int(),
	/** Requests or answers that were stopped or changed. */
	enforced: z.int(),
	/** Found by what only monitors. */
	wouldHave: z.int(),
	falseAlarms: z.int(),
});
export type GuardHits = z.infer<typeof hits>;

export const guardInfo = z
	.strictObject({
		id: z.string(),
		title: z.string(),
		summary: z.string(),
		phases: z.array(z.enum(["request", "answer"])),
		defaultMode: z.enum(ruleModes),
		mode: z.enum(ruleModes),
		/** Longest text of a stream that it holds back, in characters; 0 for guards of requests. */
		holdBackMax: z.int(),
		/** JSON Schema of `value`, with titles and units. */
		schema: z.record(z.string(), z.unknown()),
		/** Everything that is set, defaults included. */
		value: z.record(z.string(), z.unknown()),
		hits,
		rules: z.array(
			z.strictObject({
				id: z.string(),
				title: z.string(),
				category: z.enum(threatCategories),
				severity: z.enum(severities),
				/** Null: as its guard. */
				mode: z.enum(ruleModes).nullable(),
				hits,
			}),
		),
	})
	.meta({ id: "Guard" });
export type GuardInfo = z.infer<typeof guardInfo>;

export const listGuards = defineEndpoint({
	method: "GET",
	path: "/api/v1/guards",
	access: "guards:read",
	summary: "Guards, their rules and settings, and what they found in the last 24 hours",
	query: nothing,
	body: nothing,
	answer: z.strictObject({
		/** Of the settings; to be sent back with a change. */
		version: z.int(),
		items: z.array(guardInfo),
	}),
});

export const updateGuard = defineEndpoint({
	method: "PUT",
	path: "/api/v1/guards/[id]",
	access: "guards:write",
	summary: "Set a guard: mode, rules, scope, exceptions and its own fields",
	query: nothing,
	body: z.strictObject({
		version: z.int(),
		/** As `value` of the guard; replaces it. */
		value: z.record(z.string(), z.unknown()),
	}),
	answer: z.strictObject({ version: z.int(), guard: guardInfo }),
});

export const guardHistory = defineEndpoint({
	method: "GET",
	path: "/api/v1/guards/[id]/history",
	access: "guards:read",
	summary: "Who changed a guard, when, and what",
	query: nothing,
	body: nothing,
	answer: z.strictObject({
		items: z.array(
			z.strictObject({
				version: z.int(),
				changedBy: z.string(),
				changedAt: instant,
				/** Fields that differ from the version before; values as JSON. */
				changes: z.array(
					z.strictObject({
						field: z.string(),
						before: z.string().nullable(),
						after: z.string().nullable(),
					}),
				),
			}),
		),
	}),
});
export type GuardHistoryEntry = z.infer<typeof guardHistory.answer>["items"][number];
