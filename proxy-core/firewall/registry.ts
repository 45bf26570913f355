import * as z from "zod";
import { ruleModes, severities, threatCategories } from "../contract/threats.ts";
import { segmentSources } from "../contract/verdict.ts";
import type { Signature } from "./signature.ts";
import data from "./signatures.json" with { type: "json" };
import { tagCharacterSignature } from "./tag-characters.ts";

const mode = z.enum(ruleModes);

const fileSchema = z.strictObject({
	version: z.string(),
	groups: z.array(
		z.strictObject({
			category: z.enum(threatCategories),
			severity: z.enum(severities),
			mode,
			disguisedMode: mode.optional(),
			sources: z.array(z.enum(segmentSources)),
			signatures: z.array(
				z.strictObject({
					id: z.string().regex(/^FW-\d{3}$/),
					title: z.string().min(1),
					literals: z.array(z.string().min(3).max(500)).min(1),
					/** Where a signature differs from its group. */
					mode: mode.optional(),
					severity: z.enum(severities).optional(),
				}),
			),
		}),
	),
});

/** The signatures that this version comes with, as their file groups them. */
function readShipped(): { version: string; signatures: readonly Signature[] } {
	const { version, groups } = fileSchema.parse(data);
	const literal = groups.flatMap(({ signatures: own, disguisedMode, ...group }) =>
		own.map(
			(signature): Signature => ({
				...group,
				...signature,
				mode: signature.mode ?? group.mode,
				severity: signature.severity ?? group.severity,
				...(disguisedMode === undefined ? {} : { disguisedMode }),
				endpoints: [],
			}),
		),
	);
	return { version, signatures: [tagCharacterSignature, ...literal] };
}

export const { signatures, version: signaturesVersion } = readShipped();
