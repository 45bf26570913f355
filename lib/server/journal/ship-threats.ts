import {
	familyExpression,
	layerExpression,
	rankExpression,
	refusalRows,
	weightExpression,
} from "../threats-events/classify-events.ts";

/** The channel on which consoles hear of threats; the payload is a live event as JSON. */
export const threatsChannel = "llmproxy_threats";

/**
 * A text full of personal data has thousands of findings, which its trace keeps; as events the worst
 * of them do.
 */
const eventsOfRequestMax = 64;

/** How many rules, keys and addresses one batch tells an incident at most. */
const namesMax = 20;

const dimensionColumns = "layer, guard, rule, category, severity, action, would_be, source";

const sums = `count(*)::int AS events,
	(count(*) FILTER (WHERE action = 'block'))::int AS blocked,
	(count(*) FILTER (WHERE would_be = 'block'))::int AS would_block`;

/** Columns of events by the kind of party that they name. A person is counted once, however involved. */
const partyColumns = [
	["ip", "ip"],
	["key", "key_id"],
	["user", "end_user"],
	["fingerprint", "fingerprint"],
	["team", "team_id"],
	["model", "model"],
	["endpoint", "endpoint"],
	["country", "country"],
	["person", "owner_id"],
	["person", "nullif(user_id, owner_id)"],
] as const;

export const partyKinds = [...new Set(partyColumns.map(([kind]) => kind))];

const partyRows = partyColumns.map(([kind, column]) => `('${kind}', ${column})`).join(", ");

const cellColumns = ["events", "blocked", "would_block", "blocked_requests"] as const;

const cellSums = cellColumns.map((column) => `sum(${column})::int`).join(", ");

const addToCell = cellColumns
	.map((column) => `${column} = u.${column} + excluded.${column}`)
	.join(", ");

export const threatColumns = `request_id, index, at, layer, guard, rule, category, severity, action, would_be,
	is_decisive, source, score, ip, key_id, owner_id, team_id, user_id, end_user, session, fingerprint,
	country, model, endpoint, actor_kind, actor, family`;

/**
 * The sums of threat events, and what waits for incidents. Wants `threat_events_in` with
 * {@link threatColumns}: the events that are new.
 */
export const rollUpThreats = `
threats_measured AS MATERIALIZED (
	SELECT *, md5(ROW(${dimensionColumns})::text)::uuid AS dimension_id, ${rankExpression} AS rank,
		${weightExpression} AS weight
	FROM threat_events_in
), threat_dimensions_in AS (
	INSERT INTO threat_dimensions (id, ${dimensionColumns})
	SELECT DISTINCT dimension_id, ${dimensionColumns} FROM threats_measured ORDER BY dimension_id
	ON CONFLICT (id) DO NOTHING
), threat_hours AS MATERIALIZED (
	SELECT date_bin(make_interval(secs => 3600), at, to_timestamp(0)) AS hour, dimension_id, ${sums},
		(count(*) FILTER (WHERE is_decisive))::int AS blocked_requests
	FROM threats_measured GROUP BY 1, 2
), threats_rolled_up AS (
	INSERT INTO threat_rollups AS u (step_seconds, at, dimension_id, events, blocked, would_block, blocked_requests)
	SELECT step_seconds, date_bin(make_interval(secs => step_seconds), hour, to_timestamp(0)), dimension_id, ${cellSums}
	FROM threat_hours CROSS JOIN (VALUES (3600), (21600), (86400)) AS step (step_seconds)
	GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
	ON CONFLICT (step_seconds, at, dimension_id) DO UPDATE SET ${addToCell}
), threat_party_details AS MATERIALIZED (
	SELECT date_bin(make_interval(secs => 3600), at, to_timestamp(0)) AS hour, p.kind, p.party, dimension_id, ${sums},
		(count(*) FILTER (WHERE is_decisive))::int AS blocked_requests, sum(weight)::int AS weight,
		max(rank) AS worst, max(at) AS last_at
	FROM threats_measured CROSS JOIN LATERAL (VALUES ${partyRows}) AS p (kind, party)
	WHERE p.party IS NOT NULL
	GROUP BY 1, 2, 3, 4
), threat_party_hours AS MATERIALIZED (
	SELECT hour, kind, party, ${cellColumns.map((column) => `sum(${column})::int AS ${column}`).join(", ")},
		sum(weight)::int AS weight, max(worst) AS worst, max(last_at) AS last_at
	FROM threat_party_details WHERE kind <> 'person' GROUP BY 1, 2, 3
), threat_parties_in AS (
	INSERT INTO threat_party_rollups AS u (
		step_seconds, kind, at, party, events, blocked, would_block, blocked_requests, weight, worst, last_at)
	SELECT step_seconds, kind, date_bin(make_interval(secs => step_seconds), hour, to_timestamp(0)), party,
		${cellSums}, sum(weight)::int, max(worst), max(last_at)
	FROM threat_party_hours CROSS JOIN (VALUES (3600), (86400), (604800)) AS step (step_seconds)
	GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
	ON CONFLICT (step_seconds, kind, at, party) DO UPDATE SET ${addToCell},
		weight = u.weight + excluded.weight, worst = greatest(u.worst, excluded.worst),
		last_at = greatest(u.last_at, excluded.last_at)
), threat_party_days_in AS (
	INSERT INTO threat_party_days AS u (
		kind, at, party, dimension_id, events, blocked, would_block, blocked_requests)
	SELECT kind, date_bin(make_interval(days => 1), hour, to_timestamp(0)), party, dimension_id, ${cellSums}
	FROM threat_party_details GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
	ON CONFLICT (kind, at, party, dimension_id) DO UPDATE SET ${addToCell}
), threats_pending AS (
	INSERT INTO threat_pending (
		actor_kind, actor, family, events, blocked, would_block, worst, first_at, last_at, rules, key_ids, ips, request_id)
	SELECT actor_kind, actor, family, ${sums}, max(rank), min(at), max(at),
		(array_agg(DISTINCT guard || '/' || rule))[1:${namesMax}],
		coalesce((array_agg(DISTINCT key_id) FILTER (WHERE key_id IS NOT NULL))[1:${namesMax}], '{}'),
		(array_agg(DISTINCT ip))[1:${namesMax}],
		(array_agg(request_id ORDER BY rank DESC, at DESC))[1]
	FROM threats_measured
	WHERE (rank > 1 OR action = 'block' OR would_be = 'block') AND layer <> 'bans'
	GROUP BY 1, 2, 3
), threat_totals AS (
	SELECT count(*)::int AS count, (count(*) FILTER (WHERE action = 'block'))::int AS blocked,
		coalesce(max(rank), 0) AS worst
	FROM threats_measured
)`;

/**
 * Parts of the statement that puts lines of the journal into the ledger: the findings of requests that
 * are new become threat events, and so do refusals that no guard found anything in; the sums that the
 * Threats page reads are added up in the same transaction. Wants `incoming` as the statement reads it
 * and `inserted` with request_id.
 *
 * Incidents are not made here: whether an event goes on with one depends on rows that people change and
 * that other shippers would have to wait for. Each batch only leaves one row for each actor and family
 * in `threat_pending`, which one node at a time adds to incidents (see group-incidents.ts). Whoever
 * writes cells does so in the order of their keys, so two shippers cannot lock each other out.
 */
export const shipThreats = `
threat_sources AS MATERIALIZED (
	SELECT DISTINCT ON (i."requestId") i."requestId", to_timestamp(i."receivedAt" / 1000.0) AS at, i.endpoint,
		i."errorCode", i."keyId", i."ownerId", i."teamId", i."userId", i.ip, i.model, i."requestedModel",
		i."endUser", i.session, i.fingerprint, i.country, i.findings,
		coalesce(json_array_length(i.findings), 0) AS findings_count
	FROM incoming AS i
	JOIN inserted AS n ON n.request_id = i."requestId"
	WHERE coalesce(json_array_length(i.findings), 0) > 0 OR i.outcome = 'refused'
), threat_findings AS MATERIALIZED (
	SELECT s."requestId", f.* FROM threat_sources AS s
	CROSS JOIN LATERAL (
		SELECT (ordinality - 1)::int AS index, coalesce(guard, 'unknown') AS guard, coalesce(rule, 'unknown') AS rule,
			category, severity, coalesce(action, 'flag') AS action, "wouldBe" AS would_be,
			coalesce(source, 'metadata') AS source, coalesce(score, 0) AS score
		FROM ROWS FROM (json_to_recordset(s.findings) AS (
			guard text, rule text, category text, severity text, action text, "wouldBe" text, source text,
			score float8)) WITH ORDINALITY
		ORDER BY action IS DISTINCT FROM 'block', "wouldBe" IS DISTINCT FROM 'block', ordinality LIMIT ${eventsOfRequestMax}
	) AS f
	WHERE s.findings_count > 0
), threat_raw AS (
	SELECT "requestId", index, ${layerExpression} AS layer, guard, rule, coalesce(category, 'other') AS category,
		coalesce(severity, 'medium') AS severity, action, would_be, source, score
	FROM threat_findings
	UNION ALL
	SELECT s."requestId", s.findings_count, r.layer, r.guard, s."errorCode", r.category, r.severity, 'block',
		NULL, 'request', 1
	FROM threat_sources AS s
	JOIN (VALUES ${refusalRows}) AS r (code, layer, guard, category, severity) ON r.code = s."errorCode"
	WHERE NOT EXISTS (
		SELECT 1 FROM threat_findings AS f WHERE f."requestId" = s."requestId" AND f.action = 'block')
), threat_rows AS (
	SELECT r."requestId" AS request_id, r.index, s.at, r.layer, r.guard, r.rule, r.category, r.severity, r.action,
		r.would_be,
		r.action = 'block' AND 1 = row_number() OVER (
			PARTITION BY r."requestId" ORDER BY r.action <> 'block', r.index) AS is_decisive,
		r.source, r.score, s.ip, s."keyId" AS key_id, s."ownerId" AS owner_id, s."teamId" AS team_id,
		s."userId" AS user_id, s."endUser" AS end_user, s.session, s.fingerprint, s.country,
		coalesce(s.model, s."requestedModel") AS model, s.endpoint,
		CASE WHEN s."keyId" IS NOT NULL AND s."endUser" IS NOT NULL THEN 'user'
			WHEN s."keyId" IS NOT NULL THEN 'key'
			WHEN s."userId" IS NOT NULL THEN 'person' ELSE 'ip' END AS actor_kind,
		CASE WHEN s."keyId" IS NOT NULL THEN coalesce(
				coalesce('team:' || s."teamId", 'key:' || s."keyId") || '/' || s."endUser", s."keyId")
			ELSE coalesce(s."userId", s.ip) END AS actor,
		${familyExpression} AS family
	FROM threat_raw AS r JOIN threat_sources AS s USING ("requestId")
), threat_events_in AS (
	INSERT INTO threat_events (${threatColumns})
	SELECT ${threatColumns} FROM threat_rows
	ON CONFLICT (request_id, index) DO NOTHING
	RETURNING ${threatColumns}
), ${rollUpThreats}`;

/** A column of the statement's answer that tells the consoles; `threat_totals` must be in its `FROM`. */
export const threatsTold = `CASE WHEN threat_totals.count > 0 THEN pg_notify('${threatsChannel}', json_build_object(
	'type', 'threats.found', 'count', threat_totals.count, 'blocked', threat_totals.blocked,
	'worst', threat_totals.worst)::text) END AS threats_told`;
