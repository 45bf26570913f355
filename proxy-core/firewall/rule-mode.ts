import type { FirewallSettings } from "../contract/firewall-settings.ts";
import type { RuleMode, Severity } from "../contract/threats.ts";
import type { PolicySubject } from "../guards/guard-policy.ts";
import type { Signature } from "./signature.ts";

type Policy = Pick<FirewallSettings, "mode" | "rules" | "exceptions">;

/** A signature that was found, as far as its mode depends on it. */
export interface Sighting {
	readonly signature: Signature;
	readonly isDisguised: boolean;
}

/**
 * How seriously a hit is taken: what the operators say of the signature, else what the signature says
 * itself; never more than the firewall as a whole, and not at all where an exception fits.
 */
export function modeOf(
	policy: Policy,
	{ signature, isDisguised }: Sighting,
	subject: PolicySubject,
): RuleMode {
	const { id, mode, disguisedMode, endpoints } = signature;
	if (endpoints.length > 0 && !endpoints.includes(subject.endpoint)) return "off";
	if (policy.exceptions.some((exception) => excuses(exception, id, subject))) return "off";
	const own = policy.rules[id]?.mode ?? (isDisguised ? (disguisedMode ?? mode) : mode);
	if (policy.mode === "off") return "off";
	return policy.mode === "monitor" && own === "enforce" ? "monitor" : own;
}

export function severityOf({ rules }: Policy, { id, severity }: Signature): Severity {
	return rules[id]?.severity ?? severity;
}

function excuses(
	{ rule, keyId, teamId, endpoint }: Policy["exceptions"][number],
	id: string,
	subject: PolicySubject,
): boolean {
	if (rule !== undefined && rule !== id) return false;
	if (keyId !== undefined && keyId !== subject.keyId) return false;
	if (teamId !== undefined && teamId !== subject.teamId) return false;
	return endpoint === undefined || endpoint === subject.endpoint;
}
