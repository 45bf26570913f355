-- Half of a dimension each, so far fewer cells: what was asked for, or who asked. Questions about only
-- one of them are most questions, and about a tag none of these. Who asked is summed up by days only.
CREATE TABLE "usage_summaries" (
    "about" TEXT NOT NULL,
    "step_seconds" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "dimension_id" UUID NOT NULL,
    "requests" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "cancelled" INTEGER NOT NULL,
    "blocked" INTEGER NOT NULL,
    "unpriced" INTEGER NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cached_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "cost_micro_usd" BIGINT NOT NULL,
    "latency" DECIMAL(480,0) NOT NULL,

    CONSTRAINT "usage_summaries_pkey" PRIMARY KEY ("about","step_seconds","at","dimension_id")
);

-- As in usage_rollups: the present cells are updated several times a second.
ALTER TABLE "usage_summaries" SET (fillfactor = 70);

-- What the cells hold already. Who asks has no endpoint; it is empty then.
WITH halves AS MATERIALIZED (
    SELECT whole.id AS whole_id, half.*,
        md5(ROW(half.endpoint, half.provider, half.model, half.route, half.team_id, half.owner_id, half.user_id, half.key_id, half.error_code)::text)::uuid AS half_id
    FROM "usage_dimensions" AS whole
    CROSS JOIN LATERAL (VALUES
        ('what', endpoint, provider, model, route, NULL, NULL, NULL, NULL, error_code),
        ('who', '', NULL, NULL, NULL, team_id, owner_id, user_id, key_id, NULL)
    ) AS half (about, endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code)
), dimensions AS (
    INSERT INTO "usage_dimensions" (id, endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code)
    SELECT DISTINCT half_id, endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code
    FROM halves
    ON CONFLICT (id) DO NOTHING
)
INSERT INTO "usage_summaries" (about, step_seconds, at, dimension_id,
    requests, answered, refused, failed, cancelled, blocked, unpriced, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_micro_usd, latency)
SELECT about, step_seconds, at, half_id,
    sum(requests), sum(answered), sum(refused), sum(failed), sum(cancelled), sum(blocked), sum(unpriced), sum(input_tokens), sum(output_tokens), sum(cached_tokens), sum(reasoning_tokens), sum(cost_micro_usd), sum(latency)
FROM "usage_rollups" JOIN halves ON whole_id = dimension_id
WHERE tag = '' AND (about = 'what' OR step_seconds = 86400)
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;

-- The same function, four times as fast: the digits are taken apart at once (25 µs against 99 µs).
CREATE OR REPLACE FUNCTION latency_percentile(latency NUMERIC, share DOUBLE PRECISION) RETURNS DOUBLE PRECISION
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    -- From the count of the longest answers that there were down to the shortest.
    counts CONSTANT BIGINT[] := string_to_array(
        to_char(latency, 'FM' || repeat('999999999999,', 39) || '999999999999'), ',')::bigint[];
    entries CONSTANT INT := cardinality(counts);
    wanted CONSTANT DOUBLE PRECISION := share * (SELECT sum(answers) FROM unnest(counts) AS answers);
    answers BIGINT;
    seen DOUBLE PRECISION := 0;
BEGIN
    FOR entry IN 0..entries - 1 LOOP
        answers := counts[entries - entry];
        IF answers > 0 AND seen + answers >= wanted THEN
            RETURN power(2, (entry - 1 + (wanted - seen) / answers) / 2);
        END IF;
        seen := seen + answers;
    END LOOP;
    RETURN NULL;
END
$$;
