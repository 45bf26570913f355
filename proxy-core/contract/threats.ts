/** What an attacker, or an accident, was after. Charts and filters group by it. */
export const threatCategories = [
	"injection",
	"jailbreak",
	"prompt-extraction",
	"obfuscation",
	"exfiltration",
	"secret",
	"personal-data",
	"unsafe-link",
	"supply-chain",
	"degenerate-answer",
	"escalation",
	"flood",
	"credential",
	"banned",
	"other",
] as const;
export type ThreatCategory = (typeof threatCategories)[number];

/** Mildest first. */
export const severities = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** `monitor`: found and recorded, with what it would have done, and nothing else happens. */
export const ruleModes = ["off", "monitor", "enforce"] as const;
export type RuleMode = (typeof ruleModes)[number];
