import * as z from "zod";
import {
	endpointIds,
	findingRecordSchema,
	stageTraceSchema,
} from "../../proxy-core/contract/settled-record.ts";
import { segmentSources, verdictActions } from "../../proxy-core/contract/verdict.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing } from "./shapes.ts";

/** Sections of the settings that replace those in force for one try; guards are replaced one by one. */
const policyChange = z.record(z.string(), z.unknown()).optional();

export const inspectionView = z
	.strictObject({
		action: z.enum(verdictActions),
		refusal: z.strictObject({ status: z.int(), code: z.string(), message: z.string() }).nullable(),
		durationUs: z.number(),
		stages: z.array(stageTraceSchema),
		findings: z.array(
			findingRecordSchema.extend({ title: z.string(), segment: z.int().nullable() }),
		),
		segments: z.array(
			z.strictObject({
				source: z.enum(segmentSources),
				text: z.string(),
				/** As it would have been sent to the model. */
				edited: z.string(),
				/** How suspicious, from 0 to 1; null when no guard says. */
				risk: z.number().nullable(),
				/** The text as detectors read it: plain, then whatever was hidden in it. */
				views: z.array(z.strictObject({ text: z.string(), encodings: z.array(z.string()) })),
			}),
		),
		/** Null: no answer was given, or it would have been withheld. */
		answer: z.string().nullable(),
	})
	.meta({ id: "Inspection" });
export type InspectionView = z.infer<typeof inspectionView>;

export const inspectionInput = z.strictObject({
	/** What to judge: a text, a whole body, or a recorded request. Exactly one of the three. */
	text: z.string().max(1_000_000).optional(),
	/** Where `text` stands in the conversation. */
	source: z.enum(["user", "system", "assistant", "tool-result"]).default("user"),
	body: z.string().max(2_000_000).optional(),
	endpoint: z.enum(endpointIds).default("chat.completions"),
	requestId: z.string().max(64).optional(),
	/** What a model might have answered; judged by the answer guards. */
	answer: z.string().max(1_000_000).optional(),
	/** In whose name; scopes and exceptions look at it. Absent: nobody's. */
	keyId: z.string().max(64).optional(),
	/** The policy to compare with the one in force. */
	change: policyChange,
});

export const inspect = defineEndpoint({
	method: "POST",
	path: "/api/v1/inspections",
	access: "guards:read",
	summary:
		"Judge a text, a request or a recorded request without sending it, under one policy or two",
	query: nothing,
	body: inspectionInput,
	answer: z.strictObject({ current: inspectionView, changed: inspectionView.nullable() }),
});

export const replay = defineEndpoint({
	method: "POST",
	path: "/api/v1/replays",
	access: "guards:write",
	summary: "Run a changed policy over the last recorded requests and tell what would change",
	query: nothing,
	body: z.strictObject({
		change: z.record(z.string(), z.unknown()),
		count: z.int().min(1).max(2000).default(500),
	}),
	answer: z.strictObject({
		replayed: z.int(),
		/** Recordings that could not be judged: made under another master key, or no JSON. */
		skipped: z.int(),
		same: z.int(),
		/** How many went from one action to another. */
		moves: z.array(
			z.strictObject({
				from: z.enum(verdictActions),
				to: z.enum(verdictActions),
				count: z.int(),
			}),
		),
		/** The newest requests for which something changes. */
		items: z.array(
			z.strictObject({
				requestId: z.string(),
				at: instant,
				endpoint: z.string(),
				keyId: z.string().nullable(),
				from: z.enum(verdictActions),
				to: z.enum(verdictActions),
				/** Rules that speak only under one of the policies. */
				newRules: z.array(z.string()),
				goneRules: z.array(z.string()),
			}),
		),
		durationMs: z.number(),
	}),
});
export type ReplayResult = z.infer<typeof replay.answer>;

export const getRecordings = defineEndpoint({
	method: "GET",
	path: "/api/v1/recordings",
	access: "guards:read",
	summary: "Whether requests are recorded for replays, and how many there are",
	query: nothing,
	body: nothing,
	answer: z.strictObject({
		isOn: z.boolean(),
		count: z.int(),
		oldest: instant.nullable(),
		entriesMax: z.int(),
		hoursMax: z.int(),
	}),
});
