import * as z from "zod";
import { personalDataActions } from "../../proxy-core/contract/personal-data.ts";
import { privacySettingsSchema } from "../../proxy-core/contract/privacy-settings.ts";
import { defineEndpoint } from "./endpoint.ts";
import { nothing } from "./shapes.ts";

const counts = z.strictObject({
	found: z.int(),
	/** Taken out of requests, or requests stopped for it. */
	enforced: z.int(),
	/** Would have been, were the settings enforced. */
	wouldHave: z.int(),
});

export const privacyAnswer = z
	.strictObject({
		/** Of the settings; to be sent back with a change. */
		version: z.int(),
		value: privacySettingsSchema,
		/** By type, of types that were found; a request counts ten times at most for each. */
		counts: z.array(z.strictObject({ type: z.string(), day: counts, week: counts })),
	})
	.meta({ id: "Privacy" });
export type Privacy = z.output<typeof privacyAnswer>;
export type PrivacyCounts = Privacy["counts"][number];

export const getPrivacy = defineEndpoint({
	method: "GET",
	path: "/api/v1/privacy",
	access: "guards:read",
	summary: "What is done about personal data, and how much was found in the last day and week",
	query: nothing,
	body: nothing,
	answer: privacyAnswer,
});

export const putPrivacy = defineEndpoint({
	method: "PUT",
	path: "/api/v1/privacy",
	access: "guards:write",
	summary: "Set what is done about personal data; refused when somebody else changed it meanwhile",
	query: nothing,
	body: z.strictObject({ version: z.int(), value: privacySettingsSchema }),
	answer: privacyAnswer,
});

export const tryPrivacy = defineEndpoint({
	method: "POST",
	path: "/api/v1/privacy/try",
	access: "guards:read",
	summary: "Mask a text as an enforced policy would; nothing is sent to a model or recorded",
	query: nothing,
	body: z.strictObject({
		text: z.string().min(1).max(100_000),
		source: z.enum(["user", "system", "assistant", "tool-result"]).default("user"),
		/** Instead of those in force. Their analyzer's address counts only from people who may set it. */
		value: privacySettingsSchema.unwrap().optional(),
	}),
	answer: z.strictObject({
		masked: z.string(),
		found: z.array(
			z.strictObject({
				type: z.string(),
				action: z.enum(personalDataActions),
				/** UTF-16 offsets in `text`. */
				start: z.int(),
				end: z.int(),
				score: z.number(),
			}),
		),
		/** Why an analyzer was left out; null when none was. */
		degraded: z.string().nullable(),
		durationUs: z.int(),
	}),
});
export type PrivacyTrial = z.output<typeof tryPrivacy.answer>;

export const checkPresidio = defineEndpoint({
	method: "POST",
	path: "/api/v1/privacy/presidio",
	access: "guards:write",
	summary: "Ask a Presidio analyzer whether it is there, with a made-up sentence",
	query: nothing,
	body: privacySettingsSchema.unwrap().shape.presidio.unwrap(),
	answer: z.strictObject({
		works: z.boolean(),
		message: z.string(),
		latencyMs: z.number(),
		entities: z.array(z.string()),
	}),
});
export type PresidioCheckAnswer = z.output<typeof checkPresidio.answer>;
