import { Prisma } from "../../../prisma/generated/client.ts";
import type { ThreatFilters } from "../../contracts/threats.ts";

/** Conditions over `threat_events`. */
export function threatConditions(filters: ThreatFilters): readonly Prisma.Sql[] {
	const parties = [
		[filters.keyId, "key_id"],
		[filters.teamId, "team_id"],
		[filters.endUser, "end_user"],
		[filters.session, "session"],
		[filters.ip, "ip"],
		[filters.fingerprint, "fingerprint"],
		[filters.country, "country"],
		[filters.model, "model"],
		[filters.endpoint, "endpoint"],
	] as const;
	return [...noticedConditions(filters), ...equalities(parties)];
}

/** Conditions over `threat_events` and `threat_dimensions` alike. */
export function noticedConditions(filters: ThreatFilters): readonly Prisma.Sql[] {
	const { effect } = filters;
	const conditions = equalities([
		[filters.layer, "layer"],
		[filters.category, "category"],
		[filters.severity, "severity"],
		[filters.guard, "guard"],
		[filters.rule, "rule"],
		[filters.source, "source"],
	]);
	if (effect === undefined) return conditions;
	if (effect === "would-block") return [...conditions, Prisma.sql`would_be = 'block'`];
	if (effect === "would-redact") return [...conditions, Prisma.sql`would_be = 'redact'`];
	return [...conditions, Prisma.sql`action = ${effect} AND would_be IS NULL`];
}

function equalities(
	pairs: readonly (readonly [value: string | undefined, column: string])[],
): readonly Prisma.Sql[] {
	return pairs.flatMap(([value, column]) =>
		value === undefined ? [] : [Prisma.sql`${Prisma.raw(column)} = ${value}`],
	);
}
