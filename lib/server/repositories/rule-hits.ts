import type { PrismaClient } from "../../../prisma/generated/client.ts";

export interface RuleHits {
	readonly guard: string;
	readonly rule: string;
	readonly found: number;
	readonly enforced: number;
	readonly wouldHave: number;
	readonly falseAlarms: number;
}

/** What each rule found since then; whole hours are read from their sums. */
export async function readRuleHits(
	prisma: PrismaClient,
	since: Date,
): Promise<readonly RuleHits[]> {
	return prisma.$queryRaw<RuleHits[]>`
		WITH found AS (
			SELECT guard, rule, sum(events)::int AS found,
				coalesce(sum(events) FILTER (WHERE action IN ('redact', 'block')), 0)::int AS enforced,
				coalesce(sum(events) FILTER (WHERE would_be IS NOT NULL), 0)::int AS would_have
			FROM threat_rollups JOIN threat_dimensions ON id = dimension_id
			WHERE step_seconds = 3600 AND at >= date_trunc('hour', ${since}::timestamptz)
			GROUP BY guard, rule
		), marked AS (
			SELECT guard, rule, count(*)::int AS marks FROM threat_marks
			WHERE created_at >= ${since} GROUP BY guard, rule
		)
		SELECT guard, rule, coalesce(found, 0) AS found, coalesce(enforced, 0) AS enforced,
			coalesce(would_have, 0) AS "wouldHave", coalesce(marks, 0) AS "falseAlarms"
		FROM found FULL JOIN marked USING (guard, rule)`;
}
