import * as z from "zod";
import {
	firewallSettings,
	ownSignatureSchema,
} from "../../proxy-core/contract/firewall-settings.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import { ruleModes, severities, threatCategories } from "../../proxy-core/contract/threats.ts";
import { segmentSources } from "../../proxy-core/contract/verdict.ts";
import { defineEndpoint } from "./endpoint.ts";
import { nothing } from "./shapes.ts";

/** What was found in the last 24 hours. */
const hits = z.strictObject({
	found: z.int(),
	/** Requests that were stopped. */
	enforced: z.int(),
	/** Found by what only monitors. */
	wouldHave: z.int(),
	falseAlarms: z.int(),
});

export const signatureInfo = z
	.strictObject({
		id: z.string(),
		title: z.string(),
		category: z.enum(threatCategories),
		severity: z.enum(severities),
		literals: z.array(z.string()),
		/** Empty: everywhere in the conversation. */
		sources: z.array(z.enum(segmentSources)),
		/** Empty: all of them. */
		endpoints: z.array(z.enum(endpointIds)),
		/** Made here; the others come with the version. */
		isOwn: z.boolean(),
		/** What it says itself, where its text stands plainly, and where it was hidden. */
		ownMode: z.enum(ruleModes),
		disguisedMode: z.enum(ruleModes),
		/** What operators say instead; null: nothing. */
		mode: z.enum(ruleModes).nullable(),
		hits,
	})
	.meta({ id: "Signature" });
export type SignatureInfo = z.infer<typeof signatureInfo>;

const firewallValue = firewallSettings.unwrap();

const signaturesAnswer = z.strictObject({
	/** Of the settings; to be sent back with a change. */
	version: z.int(),
	/** Of the signatures that this version came with. */
	shippedVersion: z.string(),
	/** The firewall's part of the settings. */
	value: firewallValue,
	/** JSON Schema of an own signature, with titles and units. */
	ownSchema: z.record(z.string(), z.unknown()),
	items: z.array(signatureInfo),
});
export type Signatures = z.infer<typeof signaturesAnswer>;

export const listSignatures = defineEndpoint({
	method: "GET",
	path: "/api/v1/signatures",
	access: "guards:read",
	summary: "The firewall's signatures, their modes, and what they found in the last 24 hours",
	query: nothing,
	body: nothing,
	answer: signaturesAnswer,
});

export const putSignatures = defineEndpoint({
	method: "PUT",
	path: "/api/v1/signatures",
	access: "guards:write",
	summary: "Replace the firewall's modes, own signatures and exceptions",
	query: nothing,
	body: z.strictObject({ version: z.int(), value: firewallValue }),
	answer: signaturesAnswer,
});

export const trySignatures = defineEndpoint({
	method: "POST",
	path: "/api/v1/signatures/try",
	access: "guards:read",
	summary: "Look for signatures in texts without sending or recording anything",
	query: nothing,
	body: z.strictObject({
		texts: z.array(z.string().max(1_000_000)).min(1).max(50),
		/** Own signatures to try instead of those in force. */
		own: z.array(ownSignatureSchema).max(10_000).optional(),
	}),
	answer: z.strictObject({
		items: z.array(
			z.strictObject({
				action: z.enum(["allow", "flag", "block"]),
				hits: z.array(
					z.strictObject({
						id: z.string(),
						title: z.string(),
						category: z.enum(threatCategories),
						severity: z.enum(severities),
						mode: z.enum(ruleModes),
						/** UTF-16 code units in the text. */
						start: z.int(),
						end: z.int(),
						/** How it was hidden, outermost first. */
						disguises: z.array(z.string()),
					}),
				),
				durationUs: z.number(),
			}),
		),
	}),
});
export type TriedSignatures = z.infer<typeof trySignatures.answer>;
