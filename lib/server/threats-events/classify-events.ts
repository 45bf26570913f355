import type { Severity, ThreatCategory } from "../../../proxy-core/contract/threats.ts";
import { severities } from "../../../proxy-core/contract/threats.ts";
import type { IncidentFamily } from "../../contracts/incidents.ts";
import type { ThreatLayer } from "../../contracts/threats.ts";

/** Which layer a guard or a stage belongs to; of all others it depends on where the finding stands. */
const layerOfGuard: Readonly<Record<string, ThreatLayer>> = {
	firewall: "firewall",
	shield: "shield",
	"prompt-injection": "shield",
	trajectory: "trajectory",
	privacy: "privacy",
	mask: "privacy",
	"personal-data": "privacy",
	"secret-leak": "secrets",
	authenticate: "authentication",
	limit: "limits",
	"threat-ledger": "bans",
	bans: "bans",
};

interface Refusal {
	readonly layer: ThreatLayer;
	/** The stage that refuses. */
	readonly guard: string;
	readonly category: ThreatCategory;
	readonly severity: Severity;
}

/** Errors, as callers see them, that are a threat event although no guard found anything. */
const refusals: Readonly<Record<string, Refusal>> = {
	missing_api_key: credential("low"),
	invalid_api_key: credential("low"),
	expired_api_key: credential("low"),
	revoked_api_key: credential("high"),
	rate_limit_exceeded: flood("low"),
	token_limit_exceeded: flood("low"),
	too_many_parallel_requests: flood("low"),
	caller_banned: ban("medium"),
	challenge_required: ban("low"),
	caller_slowed: ban("low"),
};

function credential(severity: Severity): Refusal {
	return { layer: "authentication", guard: "authenticate", category: "credential", severity };
}

function flood(severity: Severity): Refusal {
	return { layer: "limits", guard: "limit", category: "flood", severity };
}

function ban(severity: Severity): Refusal {
	return { layer: "bans", guard: "bans", category: "banned", severity };
}

/** What an attacker tries at the same time belongs together, whichever rule noticed it. */
const familyOfCategory: Readonly<Record<ThreatCategory, IncidentFamily>> = {
	injection: "manipulation",
	jailbreak: "manipulation",
	"prompt-extraction": "manipulation",
	obfuscation: "manipulation",
	escalation: "manipulation",
	exfiltration: "data",
	secret: "data",
	"personal-data": "data",
	"unsafe-link": "data",
	"supply-chain": "answers",
	"degenerate-answer": "answers",
	flood: "access",
	credential: "access",
	banned: "access",
	other: "other",
};

/** What an event of each severity adds to the score of whom it came from, mildest first. */
const weights: Readonly<Record<Severity, number>> = { low: 1, medium: 3, high: 8, critical: 20 };

/** `VALUES` for the statement, one row an error: code, layer, guard, category, severity. */
export const refusalRows = Object.entries(refusals)
	.map(([code, refusal]) =>
		row([code, refusal.layer, refusal.guard, refusal.category, refusal.severity]),
	)
	.join(", ");

/** SQL for the layer of a finding. */
export const layerExpression = `CASE guard ${Object.entries(layerOfGuard)
	.map(([guard, layer]) => `WHEN '${guard}' THEN '${layer}'`)
	.join(" ")} ELSE CASE WHEN source LIKE 'answer%' THEN 'answer' ELSE 'shield' END END`;

/** SQL for the family of a category. */
export const familyExpression = `CASE category ${Object.entries(familyOfCategory)
	.map(([category, family]) => `WHEN '${category}' THEN '${family}'`)
	.join(" ")} ELSE 'other' END`;

/** SQL for the rank of a severity: 1 is low. */
export const rankExpression = `CASE severity ${severities
	.map((severity, index) => `WHEN '${severity}' THEN ${index + 1}`)
	.join(" ")} ELSE 1 END`;

/** SQL for what an event adds to a score. */
export const weightExpression = `CASE severity ${severities
	.map((severity) => `WHEN '${severity}' THEN ${weights[severity]}`)
	.join(" ")} ELSE 1 END`;

function row(values: readonly string[]): string {
	return `(${values.map((value) => `'${value}'`).join(", ")})`;
}

/** The severity with this rank. */
export function severityOf(rank: number): Severity {
	return severities[rank - 1] ?? "low";
}
