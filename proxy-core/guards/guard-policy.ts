import * as z from "zod";
import type { EndpointId } from "../contract/settled-record.ts";
import { endpointIds } from "../contract/settled-record.ts";
import { ruleModes } from "../contract/threats.ts";
import type { Finding } from "../contract/verdict.ts";
import { segmentSources } from "../contract/verdict.ts";

const aMode = z.enum(ruleModes);
const anEndpoint = z.enum(endpointIds);
const aSource = z.enum(segmentSources);
const id = z.string().min(1).max(200);

/** Where a guard looks; an empty list means everywhere. */
const scopeSchema = z.strictObject({
	endpoints: z.array(anEndpoint).default([]).meta({ title: "Endpoints" }),
	sources: z.array(aSource).default([]).meta({ title: "Places in the conversation" }),
	keyIds: z.array(id).max(1000).default([]).meta({ title: "Keys" }),
	teamIds: z.array(id).max(1000).default([]).meta({ title: "Teams" }),
});

/** Findings that fit everything it names are left alone. */
const exceptionSchema = z
	.strictObject({
		rule: id.optional().meta({ title: "Rule" }),
		keyId: id.optional().meta({ title: "Key" }),
		teamId: id.optional().meta({ title: "Team" }),
		endpoint: anEndpoint.optional().meta({ title: "Endpoint" }),
		source: aSource.optional().meta({ title: "Place in the conversation" }),
		/** Compared without regard to case. */
		text: z.string().min(3).max(500).optional().meta({ title: "Found text contains" }),
		note: z.string().max(500).default("").meta({ title: "Why" }),
	})
	.refine(({ note: _note, ...conditions }) => Object.keys(conditions).length > 0, {
		message: "An exception must name a rule, key, team, endpoint, place or text.",
	});

/** What every guard can be told, beside its own configuration. `mode` absent: the guard's default. */
export const guardControl = z.object({
	mode: aMode.optional().meta({
		title: "Mode",
		description: "Off, only recorded with what it would have done (monitor), or enforced.",
	}),
	rules: z
		.record(id, z.strictObject({ mode: aMode }))
		.default({})
		.meta({ title: "Rules", description: "Rules with a mode of their own." }),
	scope: scopeSchema.prefault({}).meta({ title: "Scope" }),
	exceptions: z.array(exceptionSchema).max(500).default([]).meta({ title: "Exceptions" }),
	onFailure: z.enum(["closed", "open"]).default("closed").meta({
		title: "When the guard fails",
		description: "Refuse the request (closed) or leave the guard out (open).",
	}),
	timeoutMs: z.int().min(1).max(60_000).default(1000).meta({ title: "Time limit", unit: "ms" }),
});

export type GuardException = z.infer<typeof exceptionSchema>;
export type GuardPolicy = Omit<z.infer<typeof guardControl>, "mode"> & {
	readonly mode: (typeof ruleModes)[number];
};

/** Who asks, as far as scopes and exceptions care. */
export interface PolicySubject {
	readonly endpoint: EndpointId;
	readonly keyId: string | undefined;
	readonly teamId: string | null;
}

/** Whether a guard looks at requests of this caller and endpoint at all. */
export function looksAt(
	{ scope }: GuardPolicy,
	{ endpoint, keyId, teamId }: PolicySubject,
): boolean {
	return (
		fits(scope.endpoints, endpoint) && fits(scope.keyIds, keyId) && fits(scope.teamIds, teamId)
	);
}

function fits<T extends string>(list: readonly T[], value: T | null | undefined): boolean {
	return list.length === 0 || (value !== null && value !== undefined && list.includes(value));
}

/** A finding, and where it was made. */
export interface PlacedFinding extends Pick<Finding, "rule" | "start" | "end"> {
	readonly source: (typeof segmentSources)[number];
	readonly text: string;
}

/** How seriously a finding is taken, after modes, scope and exceptions; never more than the guard is. */
export function modeOf(
	policy: GuardPolicy,
	finding: PlacedFinding,
	subject: PolicySubject,
): GuardPolicy["mode"] {
	if (!fits(policy.scope.sources, finding.source)) return "off";
	if (policy.exceptions.some((exception) => excuses(exception, finding, subject))) return "off";
	const own = policy.rules[finding.rule]?.mode ?? policy.mode;
	return policy.mode === "monitor" && own === "enforce" ? "monitor" : own;
}

function excuses(
	exception: GuardException,
	finding: PlacedFinding,
	subject: PolicySubject,
): boolean {
	const { rule, keyId, teamId, endpoint, source, text } = exception;
	if (rule !== undefined && rule !== finding.rule) return false;
	if (keyId !== undefined && keyId !== subject.keyId) return false;
	if (teamId !== undefined && teamId !== subject.teamId) return false;
	if (endpoint !== undefined && endpoint !== subject.endpoint) return false;
	if (source !== undefined && source !== finding.source) return false;
	if (text === undefined) return true;
	const found = finding.text.slice(finding.start, finding.end);
	return found.toLowerCase().includes(text.toLowerCase());
}
