import * as z from "zod";
import "./meta.ts";
import { endpointIds } from "./settled-record.ts";
import { ruleModes, severities, threatCategories } from "./threats.ts";
import { segmentSources } from "./verdict.ts";

/** Literals of all own signatures together, and their characters: what a node can compile at once. */
const literalsMax = 10_000;
const literalCharsMax = 500_000;
const lettersAndDigits = /[\p{L}\p{N}]/gu;

const literal = z
	.string()
	.trim()
	.min(3)
	.max(500)
	.refine((text) => (text.match(lettersAndDigits)?.length ?? 0) >= 3, {
		message: "A text must have at least three letters or digits.",
	});

const mode = z.enum(ruleModes);

/** A signature of this installation. */
export const ownSignatureSchema = z.strictObject({
	id: z
		.string()
		.regex(/^OWN-[A-Z0-9][A-Z0-9-]{0,39}$/, "OWN- and then capitals, digits and hyphens.")
		.meta({ title: "Id", description: "As it appears in findings: OWN- and a name of yours." }),
	title: z.string().trim().min(1).max(200).meta({ title: "Title" }),
	literals: z
		.array(literal)
		.min(1)
		.max(500)
		.meta({
			title: "Texts",
			description:
				"Any of them makes a hit. Capitals, blanks, accents and disguises do not matter.",
			ui: { control: "list" },
		}),
	category: z.enum(threatCategories).default("other").meta({ title: "Category" }),
	severity: z.enum(severities).default("medium").meta({ title: "Severity" }),
	mode: mode.default("monitor").meta({ title: "Mode" }),
	sources: z
		.array(z.enum(segmentSources))
		.default([])
		.meta({ title: "Places in the conversation", description: "Everywhere when empty." }),
	endpoints: z
		.array(z.enum(endpointIds))
		.default([])
		.meta({ title: "Endpoints", description: "All of them when empty." }),
});
export type OwnSignature = z.infer<typeof ownSignatureSchema>;

const id = z.string().min(1).max(200);

/** Hits that fit everything it names are left alone. */
export const firewallExceptionSchema = z
	.strictObject({
		rule: id.optional().meta({ title: "Signature" }),
		keyId: id.optional().meta({ title: "Key" }),
		teamId: id.optional().meta({ title: "Team" }),
		endpoint: z.enum(endpointIds).optional().meta({ title: "Endpoint" }),
		note: z.string().max(500).default("").meta({ title: "Why" }),
	})
	.refine(({ note: _note, ...conditions }) => Object.keys(conditions).length > 0, {
		message: "An exception must name a signature, key, team or endpoint.",
	});

const ownSignatures = z.array(ownSignatureSchema).max(literalsMax).superRefine(checkTogether);

function checkTogether(signatures: readonly OwnSignature[], context: z.RefinementCtx): void {
	const ids = signatures.map((signature) => signature.id);
	const seen = new Set<string>();
	for (const [index, own] of ids.entries()) {
		if (seen.has(own)) {
			context.addIssue({ code: "custom", path: [index, "id"], message: "This id is used twice." });
		}
		seen.add(own);
	}
	const literals = signatures.flatMap((signature) => signature.literals);
	const characters = literals.reduce((sum, { length }) => sum + length, 0);
	if (literals.length > literalsMax) {
		context.addIssue({ code: "custom", message: `At most ${literalsMax} texts.` });
	}
	if (characters > literalCharsMax) {
		context.addIssue({ code: "custom", message: `At most ${literalCharsMax} characters.` });
	}
}

/** The firewall over raw bodies: which signatures count, and how much. */
export const firewallSettings = z
	.strictObject({
		mode: mode.default("enforce").meta({
			title: "Mode",
			description:
				"Off, only recorded with what it would have done (monitor), or as each signature says (enforce).",
		}),
		rules: z
			.record(
				id,
				z.strictObject({ mode: mode.optional(), severity: z.enum(severities).optional() }),
			)
			.default({})
			.meta({ title: "Signatures with a mode of their own" }),
		own: ownSignatures.default([]).meta({ title: "Own signatures" }),
		exceptions: z.array(firewallExceptionSchema).max(500).default([]).meta({ title: "Exceptions" }),
	})
	.prefault({})
	.meta({ title: "Firewall" });

export type FirewallSettings = z.infer<typeof firewallSettings>;
