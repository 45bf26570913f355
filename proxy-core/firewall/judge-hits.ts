import type { FindingRecord } from "../contract/settled-record.ts";
import type { PolicySubject } from "../guards/guard-policy.ts";
import type { CompiledFirewall } from "./compile-firewall.ts";
import type { PlacedHit } from "./place-hits.ts";

/** What is recorded of hits; the worst first. Hits of rules that are off, and excused ones, are left out. */
export function judgeHits(
	firewall: CompiledFirewall,
	hits: readonly PlacedHit[],
	subject: PolicySubject,
): readonly FindingRecord[] {
	const findings = hits.flatMap((hit): FindingRecord[] => {
		const { signature, source, segment, start, end, disguises } = hit;
		const mode = firewall.modeOf({ signature, isDisguised: disguises.length > 0 }, subject);
		if (mode === "off") return [];
		return [
			{
				guard: "firewall",
				rule: signature.id,
				category: signature.category,
				severity: firewall.severityOf(signature),
				action: mode === "enforce" ? "block" : "flag",
				...(mode === "monitor" ? { wouldBe: "block" as const } : {}),
				source,
				...(segment === undefined ? {} : { segment }),
				start,
				end,
				score: 1,
			},
		];
	});
	return findings.toSorted((a, b) => Number(b.action === "block") - Number(a.action === "block"));
}
