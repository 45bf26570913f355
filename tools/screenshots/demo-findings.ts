import type { FindingRecord, SettledRecord } from "../../proxy-core/contract/settled-record.ts";
import { pick } from "../simulate/random.ts";

type Drawn = { readonly weight: number } & Pick<
	FindingRecord,
	"guard" | "rule" | "category" | "severity" | "source"
>;

const blocking: readonly [Drawn, ...Drawn[]] = [
	{ ...injection("INJ-090"), weight: 30 },
	{ ...injection("INJ-001"), weight: 22 },
	{ ...injection("INJ-007"), weight: 14, category: "prompt-extraction" },
	{ ...injection("INJ-017"), weight: 9, category: "jailbreak" },
	{ ...injection("FW-002"), weight: 12, guard: "firewall" },
	{ ...injection("ESCALATION"), weight: 6, guard: "trajectory", category: "escalation" },
];
const redacting: readonly [Drawn, ...Drawn[]] = [
	{ ...personal("EMAIL_ADDRESS"), weight: 30 },
	{ ...personal("PERSON"), weight: 24 },
	{ ...personal("PHONE_NUMBER"), weight: 10 },
	{ ...personal("IBAN_CODE"), weight: 6 },
	{ ...secret("aws-access-key"), weight: 5 },
	{ ...secret("openai-key"), weight: 3 },
];
/** Addresses that are reserved for documentation, the busiest first. */
const attackers = [66, 70, 23, 101, 14, 9].map((host, index) => ({
	ip: `198.51.100.${host}`,
	weight: 1 / (index + 1),
}));

/** What guards would have found in a made-up request that ended like this, and whom it came from. */
export function makeFindings(
	action: SettledRecord["action"],
	random: () => number,
): { readonly findings: FindingRecord[]; readonly ip?: string } {
	if (action !== "block" && action !== "redact") return { findings: [] };
	const { weight: _, ...drawn } = pick(action === "block" ? blocking : redacting, random);
	const score = Math.round((0.7 + 0.29 * random()) * 100) / 100;
	const findings = [{ ...drawn, action, start: 0, end: 40, score }];
	const [first, ...others] = attackers;
	return action === "redact" || first === undefined
		? { findings }
		: { findings, ip: pick([first, ...others], random).ip };
}

function injection(rule: string) {
	const what = { category: "injection", severity: "high", source: "user" } as const;
	return { guard: "prompt-injection", rule, ...what } as const;
}

function personal(rule: string) {
	return {
		guard: "privacy",
		rule,
		category: "personal-data",
		severity: "low",
		source: "user",
	} as const;
}

function secret(rule: string) {
	return {
		guard: "secret-leak",
		rule,
		category: "secret",
		severity: "critical",
		source: "answer",
	} as const;
}
