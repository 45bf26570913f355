import type { FindingRecord } from "../../../../proxy-core/contract/settled-record.ts";

/** A finding of the firewall that blocks; every test changes what it is about. */
export function finding(changes: Partial<FindingRecord> = {}): FindingRecord {
	return {
		guard: "prompt-injection",
		rule: "override",
		category: "injection",
		severity: "high",
		action: "block",
		source: "user",
		start: 0,
		end: 10,
		score: 0.9,
		...changes,
	};
}
