-- AlterTable
ALTER TABLE "ledger_entries" ADD COLUMN     "cache" TEXT,
ADD COLUMN     "route" TEXT,
ADD COLUMN     "units" JSONB;

-- CreateIndex
CREATE INDEX "ledger_entries_requested_model_received_at_idx" ON "ledger_entries"("requested_model", "received_at" DESC);

-- CreateIndex
CREATE INDEX "ledger_entries_provider_received_at_idx" ON "ledger_entries"("provider", "received_at" DESC) WHERE (provider IS NOT NULL);

-- CreateIndex
CREATE INDEX "ledger_entries_team_id_received_at_idx" ON "ledger_entries"("team_id", "received_at" DESC) WHERE (team_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "ledger_entries_route_received_at_idx" ON "ledger_entries"("route", "received_at" DESC) WHERE (route IS NOT NULL);

-- CreateIndex
CREATE INDEX "ledger_entries_error_code_received_at_idx" ON "ledger_entries"("error_code", "received_at" DESC) WHERE (error_code IS NOT NULL);

-- CreateIndex
CREATE INDEX "ledger_entries_endpoint_received_at_idx" ON "ledger_entries"("endpoint", "received_at" DESC);

-- CreateIndex
CREATE INDEX "ledger_entries_ip_received_at_idx" ON "ledger_entries"("ip", "received_at" DESC);

-- CreateIndex
CREATE INDEX "ledger_entries_tags_idx" ON "ledger_entries" USING GIN ("tags");

-- CreateTable
CREATE TABLE "usage_dimensions" (
    "id" UUID NOT NULL,
    "endpoint" TEXT NOT NULL,
    "provider" TEXT,
    "model" TEXT,
    "route" TEXT,
    "team_id" TEXT,
    "owner_id" TEXT,
    "user_id" TEXT,
    "key_id" TEXT,
    "error_code" TEXT,

    CONSTRAINT "usage_dimensions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_rollups" (
    "step_seconds" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,
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

    CONSTRAINT "usage_rollups_pkey" PRIMARY KEY ("step_seconds","tag","at","dimension_id")
);

-- The cells of the present hour and day are updated several times a second; room on their pages keeps
-- the index out of that.
ALTER TABLE "usage_rollups" SET (fillfactor = 70);

-- The duration in milliseconds below which the given share of answers lies, from a cell's or a sum's
-- `latency`; null when nothing was answered. That is forty counts of twelve decimal digits each: the
-- lowest of answers below 1 ms, each further one of those up to √2 times longer than the one before.
-- Within a count answers are taken as spread evenly over the logarithm of their duration.
CREATE FUNCTION latency_percentile(latency NUMERIC, share DOUBLE PRECISION) RETURNS DOUBLE PRECISION
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    digits CONSTANT TEXT := lpad(latency::text, 480, '0');
    counts BIGINT[];
    answers BIGINT;
    total BIGINT := 0;
    wanted DOUBLE PRECISION;
    seen DOUBLE PRECISION := 0;
BEGIN
    FOR entry IN 0..39 LOOP
        counts[entry] := substr(digits, 469 - 12 * entry, 12)::bigint;
        total := total + counts[entry];
    END LOOP;
    wanted := total * share;
    FOR entry IN 0..39 LOOP
        answers := counts[entry];
        IF answers > 0 AND seen + answers >= wanted THEN
            RETURN power(2, (entry - 1 + (wanted - seen) / answers) / 2);
        END IF;
        seen := seen + answers;
    END LOOP;
    RETURN NULL;
END
$$;

-- What the ledger holds already.
INSERT INTO "usage_dimensions" (id, endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code)
SELECT DISTINCT md5(ROW(endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code)::text)::uuid, endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code
FROM "ledger_entries";

INSERT INTO "usage_rollups" (step_seconds, tag, at, dimension_id,
    requests, answered, refused, failed, cancelled, blocked, unpriced, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_micro_usd, latency)
SELECT step_seconds, tag,
    date_bin(make_interval(secs => step_seconds), received_at, to_timestamp(0)), dimension_id,
    count(*)::int,
    (count(*) FILTER (WHERE outcome = 'answered'))::int,
    (count(*) FILTER (WHERE outcome = 'refused'))::int,
    (count(*) FILTER (WHERE outcome = 'failed'))::int,
    (count(*) FILTER (WHERE outcome = 'cancelled'))::int,
    (count(*) FILTER (WHERE action = 'block'))::int,
    (count(*) FILTER (WHERE is_unpriced))::int,
    coalesce(sum(input_tokens), 0)::bigint,
    coalesce(sum(output_tokens), 0)::bigint,
    coalesce(sum(cached_tokens), 0)::bigint,
    coalesce(sum(reasoning_tokens), 0)::bigint,
    coalesce(sum(cost_micro_usd), 0)::bigint,
    coalesce(sum(counted_latency), 0)
FROM (
    SELECT *, md5(ROW(endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code)::text)::uuid AS dimension_id,
        CASE WHEN outcome = 'answered' THEN ('1e' || 12 * least(39,
            greatest(0, 1 + floor(2 * ln(greatest(duration_ms, 0.5)) / ln(2::float8)))::int))::numeric END AS counted_latency
    FROM "ledger_entries"
) AS measured
CROSS JOIN (VALUES (3600), (21600), (86400)) AS step (step_seconds)
CROSS JOIN LATERAL (SELECT '' UNION SELECT carried FROM unnest(tags) AS carried) AS tagged (tag)
GROUP BY 1, 2, 3, 4;
