import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { UsageFilters } from "../../contracts/analytics.ts";
import type {
	ThreatFilterName,
	ThreatFilters,
	ThreatGroup,
	ThreatSeries,
} from "../../contracts/threats.ts";
import type { UsagePiece } from "../usage/split-period.ts";
import type { LedgerScope } from "./ledger-scope.ts";
import { scopeCondition } from "./ledger-scope.ts";
import { noticedConditions, threatConditions } from "./threat-conditions.ts";
import { queryFacts, usageFacts } from "./usage-facts.ts";

/** Which threat events, and how they are told apart. */
export interface ThreatAsked {
	readonly pieces: readonly UsagePiece[];
	readonly scope: LedgerScope;
	readonly filters: ThreatFilters;
	readonly group?: ThreatGroup | ThreatSeries | undefined;
	/** Steps of time, counted from `from`, the beginning of the first. */
	readonly step?: { readonly seconds: number; readonly from: Date };
}

export interface ThreatSums {
	readonly events: number;
	readonly blocked: number;
	readonly wouldBlock: number;
	readonly blockedRequests: number;
}

/** What was done, or would have been: the ids of `threatEffects`. */
const effectColumn = "CASE WHEN would_be IS NULL THEN action ELSE 'would-' || would_be END";

/** What was noticed: columns of `threat_dimensions` and of events alike. */
const noticedColumns = {
	rule: "guard || '/' || rule",
	layer: "layer",
	category: "category",
	severity: "severity",
	action: effectColumn,
	source: "source",
} as const;

/** Who was involved: columns of events; `threat_party_rollups` has them by kind. */
const partyColumns = {
	key: "key_id",
	team: "team_id",
	model: "model",
	endpoint: "endpoint",
	country: "country",
} as const;

const columns: Readonly<Record<ThreatGroup | ThreatSeries, string>> = {
	...noticedColumns,
	...partyColumns,
};

/** Filters that name a party of which sums are kept, and its kind. */
const partyFilters = {
	ip: "ip",
	keyId: "key",
	endUser: "user",
	fingerprint: "fingerprint",
	teamId: "team",
	model: "model",
	endpoint: "endpoint",
	country: "country",
} as const satisfies Partial<Record<ThreatFilterName, string>>;

/** Where the answer lies: in cells, of which those of parties are of one kind, or in the events themselves. */
type Source =
	| { readonly table: "noticed" | "events" }
	| {
			readonly table: "parties" | "days";
			readonly kind: string;
			/** Undefined: all of the kind. */
			readonly party: string | undefined;
	  };

/** Who is asked about, of those of whom sums are kept. */
export function namedParties({ scope, filters }: Pick<ThreatAsked, "scope" | "filters">) {
	const given = Object.entries(partyFilters).flatMap(([name, kind]) => {
		const party = filters[name as keyof typeof partyFilters];
		return party === undefined ? [] : [{ kind: kind as string, party }];
	});
	return scope.all ? given : [...given, { kind: "person", party: scope.userId }];
}

/** Cells are told apart by what was noticed and by one party, but never by two. */
export function sourceOf(asked: Pick<ThreatAsked, "scope" | "filters" | "group">): Source {
	const { filters, group } = asked;
	const { layer, category, severity, effect, guard, rule, source, session } = filters;
	const given = namedParties(asked);
	const grouped = group !== undefined && group in partyColumns ? group : undefined;
	const [only, ...others] = given;
	if (session !== undefined || others.length > 0) return { table: "events" };
	if (only === undefined && grouped === undefined) return { table: "noticed" };
	if (only !== undefined && grouped !== undefined && only.kind !== grouped) {
		return { table: "events" };
	}
	const isWhole = [layer, category, severity, effect, guard, rule, source].every(
		(value) => value === undefined,
	);
	const isOfParties = isWhole && (group === undefined || grouped !== undefined);
	return {
		table: isOfParties && only?.kind !== "person" ? "parties" : "days",
		kind: only?.kind ?? grouped ?? "",
		party: only?.party,
	};
}

const sums = Prisma.raw(`sum(events)::int AS events, sum(blocked)::int AS blocked,
	sum(would_block)::int AS "wouldBlock", sum(blocked_requests)::int AS "blockedRequests"`);

const cellSums =
	Prisma.raw(`sum(events) AS events, sum(blocked) AS blocked, sum(would_block) AS would_block,
	sum(blocked_requests) AS blocked_requests`);

/**
 * A query for `slot` (the beginning of a step of time, or null), `group_id` and the sums, over cells and
 * events. A step that two pieces share has two rows of each group: whoever reads them adds them up.
 */
function threatFacts(asked: ThreatAsked): Prisma.Sql {
	const source = sourceOf(asked);
	const pieces = source.table === "events" ? asOne(asked.pieces) : asked.pieces;
	const parts = pieces.map((piece) => {
		if (!hasCells(source, piece)) return eventPart(asked, piece);
		return "kind" in source ? partyPart(asked, piece, source) : noticedPart(asked, piece);
	});
	return Prisma.join(parts, " UNION ALL ");
}

function hasCells({ table }: Source, { source }: UsagePiece): boolean {
	return table === "days" ? source === 86_400 : source !== "ledger";
}

function asOne(pieces: readonly UsagePiece[]): readonly UsagePiece[] {
	const [first] = pieces;
	const last = pieces.at(-1);
	if (first === undefined || last === undefined) return [];
	return [{ source: "ledger", from: first.from, to: last.to }];
}

function eventPart(asked: ThreatAsked, { from, to }: UsagePiece): Prisma.Sql {
	const conditions = [
		Prisma.sql`at >= ${from} AND at < ${to}`,
		scopeCondition(asked.scope),
		...threatConditions(asked.filters),
	];
	return Prisma.sql`
		SELECT ${slotOf(asked)} AS slot, ${groupOf(asked)} AS group_id, count(*) AS events,
			count(*) FILTER (WHERE action = 'block') AS blocked,
			count(*) FILTER (WHERE would_be = 'block') AS would_block,
			count(*) FILTER (WHERE is_decisive) AS blocked_requests
		FROM threat_events WHERE ${Prisma.join(conditions, " AND ")} GROUP BY 1, 2`;
}

function noticedPart(asked: ThreatAsked, { source, from, to }: UsagePiece): Prisma.Sql {
	const conditions = [
		Prisma.sql`step_seconds = ${Prisma.raw(String(source))}`,
		Prisma.sql`at >= ${from} AND at < ${to}`,
		...noticedConditions(asked.filters),
	];
	return Prisma.sql`
		SELECT ${slotOf(asked)} AS slot, ${groupOf(asked)} AS group_id, ${cellSums}
		FROM threat_rollups JOIN threat_dimensions ON id = dimension_id
		WHERE ${Prisma.join(conditions, " AND ")} GROUP BY 1, 2`;
}

function partyPart(
	asked: ThreatAsked,
	{ source, from, to }: UsagePiece,
	{ table, kind, party }: Extract<Source, { readonly kind: string }>,
): Prisma.Sql {
	const isGrouped = asked.group !== undefined && asked.group in partyColumns;
	const conditions = [
		Prisma.sql`kind = ${kind} AND at >= ${from} AND at < ${to}`,
		...(party === undefined ? [] : [Prisma.sql`party = ${party}`]),
		...noticedConditions(asked.filters),
	];
	const cells =
		table === "parties"
			? Prisma.sql`threat_party_rollups WHERE step_seconds = ${Prisma.raw(String(partyStep(source)))} AND`
			: Prisma.sql`threat_party_days JOIN threat_dimensions ON id = dimension_id WHERE`;
	return Prisma.sql`
		SELECT ${slotOf(asked)} AS slot, ${isGrouped ? Prisma.sql`party` : groupOf(asked)} AS group_id, ${cellSums}
		FROM ${cells} ${Prisma.join(conditions, " AND ")} GROUP BY 1, 2`;
}

function groupOf({ group }: ThreatAsked): Prisma.Sql {
	return Prisma.raw(group === undefined ? "NULL::text" : columns[group]);
}

/** Cells of quarters of days are not kept of parties: hours are few enough. */
export function partyStep(source: UsagePiece["source"]): number {
	return source === 86_400 ? 86_400 : 3600;
}

/** Of the column `at`, which cells and events share. */
export function slotOf({ step }: Pick<ThreatAsked, "step">): Prisma.Sql {
	if (step === undefined) return Prisma.sql`NULL::timestamptz`;
	const length = Prisma.raw(`make_interval(secs => ${String(Math.trunc(step.seconds))})`);
	return Prisma.sql`date_bin(${length}, at, ${step.from}::timestamptz)`;
}

const epochMs = Prisma.raw("(extract(epoch FROM slot) * 1000)::bigint");

export interface SlotSums extends ThreatSums {
	/** Epoch milliseconds of the step's beginning. */
	readonly at: number;
	readonly id: string;
}

/** Every group in every step of time in which it has events. */
export async function readThreatSlots(
	prisma: PrismaClient,
	asked: ThreatAsked & Required<Pick<ThreatAsked, "step">>,
): Promise<readonly SlotSums[]> {
	const { slots } = await queryFacts<{ slots: readonly SlotSums[] }>(
		prisma,
		Prisma.sql`
		SELECT coalesce(json_agg(s), '[]') AS slots FROM (
			SELECT ${epochMs} AS at, coalesce(group_id, '') AS id, ${sums}
			FROM (${threatFacts(asked)}) AS facts GROUP BY slot, group_id) AS s`,
	);
	return slots;
}

export interface GroupSums extends ThreatSums {
	readonly id: string;
}

/** The groups with the most events; events that have none, such as of requests without a key, are left out. */
export async function rankThreats(
	prisma: PrismaClient,
	asked: Omit<ThreatAsked, "step">,
	limit: number,
): Promise<{ readonly items: readonly GroupSums[]; readonly events: number }> {
	const { ranking } = await queryFacts<{
		ranking: { readonly items: readonly GroupSums[]; readonly events: number };
	}>(
		prisma,
		Prisma.sql`
		WITH facts AS MATERIALIZED (${threatFacts(asked)}), ranked AS MATERIALIZED (
			SELECT group_id AS id, ${sums} FROM facts WHERE group_id IS NOT NULL GROUP BY group_id)
		SELECT json_build_object(
			'items', (SELECT coalesce(json_agg(r), '[]') FROM (
				SELECT * FROM ranked ORDER BY events DESC, id LIMIT ${limit}) AS r),
			'events', (SELECT coalesce(sum(events), 0) FROM ranked)) AS ranking`,
	);
	return ranking;
}

/** Requests of a period, whatever became of them. */
export async function countRequests(
	prisma: PrismaClient,
	asked: Pick<ThreatAsked, "pieces" | "scope"> & { readonly filters: UsageFilters },
): Promise<number> {
	const facts = usageFacts({ ...asked, sums: ["requests"] });
	const { count } = await queryFacts<{ count: number }>(
		prisma,
		Prisma.sql`SELECT coalesce(sum(requests), 0)::int AS count FROM (${facts}) AS facts`,
	);
	return count;
}
