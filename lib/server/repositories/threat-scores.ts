import type { Pool } from "pg";
import * as z from "zod";
import { actorKinds, pointLayers } from "../../../proxy-core/contract/threat-settings.ts";
import { causesMax } from "../../../proxy-core/threat-ledger/add-points.ts";
import type { ScoreChange, SharedScore } from "../../../proxy-core/threat-ledger/threat-store.ts";

/** As it is stored: epoch milliseconds, so that no zone comes into it. */
export const storedCause = z.object({
	at: z.number(),
	layer: z.enum(pointLayers),
	rule: z.string(),
	points: z.number(),
	requestId: z.string().nullable(),
});
export const storedCauses = z.array(storedCause).catch([]);

const scoreRow = z.object({
	kind: z.enum(actorKinds),
	value: z.string(),
	reach: z.enum(actorKinds),
	score: z.number(),
	age_ms: z.number(),
	bans: z.number(),
	causes: storedCauses,
});

/** What is left after the time since; further back the power would underflow. */
export const scoreNow = (halfLife: string) =>
	`score * power(0.5, least(60, greatest(0, extract(epoch FROM clock_timestamp() - updated_at)) / ${halfLife}))`;

/**
 * Adds what a node saw to everybody's scores. One statement and so one transaction; rows are locked in
 * the order of their keys, so two nodes cannot lock each other out. The database's clock alone counts.
 * $1 changes, $2 half-life in seconds.
 */
const addStatement = `
WITH incoming AS (
	SELECT * FROM json_to_recordset($1::json) AS c (
		kind text, value text, reach text, delta float8, causes jsonb)
), stored AS (
	INSERT INTO threat_actors AS a (kind, value, reach, score, updated_at, causes)
	SELECT kind, value, reach, delta, clock_timestamp(), coalesce(causes, '[]')
	FROM incoming AS i
	WHERE delta > 0 OR EXISTS (
		SELECT FROM threat_actors AS k WHERE k.kind = i.kind AND k.value = i.value)
	ORDER BY kind, value
	ON CONFLICT (kind, value) DO UPDATE SET
		score = greatest(0, a.score * power(0.5, least(60, greatest(0,
			extract(epoch FROM clock_timestamp() - a.updated_at)) / $2::float8)) + excluded.score),
		updated_at = clock_timestamp(),
		causes = (
			SELECT coalesce(jsonb_agg(cause ORDER BY place), '[]')
			FROM jsonb_array_elements(excluded.causes || a.causes) WITH ORDINALITY AS c (cause, place)
			WHERE place <= ${causesMax})
	RETURNING kind, value, reach, score, bans, causes
), remembered AS (
	INSERT INTO threat_scores AS s (kind, value, at, peak)
	SELECT kind, value, date_bin('5 minutes', now(), 'epoch'), score FROM stored WHERE score >= 0.5
	ORDER BY kind, value
	ON CONFLICT (kind, value, at) DO UPDATE SET peak = greatest(s.peak, excluded.peak)
)
SELECT kind, value, reach, greatest(0, score) AS score, 0::float8 AS age_ms, bans, causes FROM stored`;

export async function addScores(
	pool: Pool,
	changes: readonly ScoreChange[],
	halfLifeSeconds: number,
): Promise<readonly SharedScore[]> {
	const { rows } = await pool.query({
		name: "threat-scores-add",
		text: addStatement,
		values: [JSON.stringify(changes), halfLifeSeconds],
	});
	return rows.map(toScore);
}

export interface ScoreSearch {
	/** Changed within so many seconds. */
	readonly withinSeconds: number;
	readonly countMax: number;
}

/** Scores that anybody changed lately, newest first. */
export async function readScores(
	pool: Pool,
	{ withinSeconds, countMax }: ScoreSearch,
): Promise<readonly SharedScore[]> {
	const { rows } = await pool.query({
		name: "threat-scores-read",
		text: `SELECT kind, value, reach, greatest(0, score) AS score, bans, causes,
				greatest(0, extract(epoch FROM clock_timestamp() - updated_at) * 1000)::float8 AS age_ms
			FROM threat_actors WHERE updated_at > clock_timestamp() - make_interval(secs => $1)
			ORDER BY updated_at DESC LIMIT $2`,
		values: [withinSeconds, countMax],
	});
	return rows.map(toScore);
}

function toScore(row: unknown): SharedScore {
	const { age_ms: ageMs, ...score } = scoreRow.parse(row);
	return { ...score, ageMs };
}

const keptDays = 7;

/** Removes scores of which nothing is left, and history that is too old to be shown. */
export async function cleanScores(pool: Pool, halfLifeSeconds: number): Promise<void> {
	await pool.query(
		`DELETE FROM threat_actors
		WHERE updated_at < now() - make_interval(secs => $1) AND ${scoreNow("$2::float8")} < 0.05
			AND coalesce(watched_until < now(), true)`,
		[Math.max(86_400, halfLifeSeconds * 2), halfLifeSeconds],
	);
	await pool.query(`DELETE FROM threat_scores WHERE at < now() - make_interval(days => $1)`, [
		keptDays,
	]);
}
