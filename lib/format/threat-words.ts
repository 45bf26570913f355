import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";
import type { ThreatCategory } from "../../proxy-core/contract/threats.ts";
import type { SegmentSource, VerdictAction } from "../../proxy-core/contract/verdict.ts";
import type { ThreatEffect, ThreatLayer } from "../contracts/threats.ts";

export const layerWords: Readonly<Record<ThreatLayer, string>> = {
	bans: "Bans",
	authentication: "Authentication",
	limits: "Limits",
	firewall: "Firewall",
	shield: "Injection shield",
	trajectory: "Trajectory",
	privacy: "Privacy",
	secrets: "Secrets",
	answer: "Answer guards",
};

export const categoryWords: Readonly<Record<ThreatCategory, string>> = {
	injection: "Injection",
	jailbreak: "Jailbreak",
	"prompt-extraction": "Prompt extraction",
	obfuscation: "Obfuscation",
	exfiltration: "Exfiltration",
	secret: "Secret",
	"personal-data": "Personal data",
	"unsafe-link": "Unsafe link",
	"supply-chain": "Invented package",
	"degenerate-answer": "Degenerate answer",
	escalation: "Escalation",
	flood: "Flood",
	credential: "Wrong credential",
	banned: "Banned caller",
	other: "Other",
};

export const effectWords: Readonly<Record<ThreatEffect, string>> = {
	block: "Blocked",
	redact: "Redacted",
	flag: "Flagged",
	"would-block": "Would have blocked",
	"would-redact": "Would have redacted",
};

export const sourceWords: Readonly<Record<SegmentSource | "request", string>> = {
	system: "System prompt",
	user: "User message",
	assistant: "Earlier answer",
	"tool-call": "Tool call",
	"tool-result": "Tool result",
	"tool-description": "Tool description",
	metadata: "Metadata",
	answer: "Answer",
	"answer-reasoning": "Answer’s reasoning",
	"answer-tool-call": "Answer’s tool call",
	request: "Request as a whole",
};

export const attackerKindWords: Readonly<Record<ActorKind, string>> = {
	ip: "Address",
	key: "Key",
	user: "End user",
	session: "Session",
	fingerprint: "TLS fingerprint",
};

/** What was done, or would have been, by the name under which events are filtered. */
export function effectOf(event: {
	readonly action: VerdictAction;
	readonly wouldBe: VerdictAction | null;
}): ThreatEffect {
	const { action, wouldBe } = event;
	if (wouldBe === "block") return "would-block";
	if (wouldBe === "redact") return "would-redact";
	return action === "block" || action === "redact" ? action : "flag";
}

/** A word of a table, or the id of what it does not know, such as one of a later version. */
export function wordFor(words: Readonly<Record<string, string>>, id: string): string {
	return words[id] ?? id;
}

/** `guard/rule` as it is said: the rule, and the guard it belongs to. */
export function ruleParts(text: string): { readonly guard: string; readonly rule: string } {
	const slash = text.indexOf("/");
	return { guard: text.slice(0, slash), rule: text.slice(slash + 1) };
}
