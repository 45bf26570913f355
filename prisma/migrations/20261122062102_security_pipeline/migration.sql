-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "messages_max" INTEGER,
ADD COLUMN     "text_bytes_max" INTEGER;

-- CreateTable
CREATE TABLE "recordings" (
    "request_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "endpoint" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "key_id" TEXT,
    "team_id" TEXT,
    "owner_id" TEXT,
    "user_id" TEXT,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "recordings_pkey" PRIMARY KEY ("request_id")
);

-- CreateTable
CREATE TABLE "threat_events" (
    "request_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "layer" TEXT NOT NULL,
    "guard" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "would_be" TEXT,
    "is_decisive" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "ip" TEXT NOT NULL,
    "key_id" TEXT,
    "owner_id" TEXT,
    "team_id" TEXT,
    "user_id" TEXT,
    "end_user" TEXT,
    "session" TEXT,
    "fingerprint" TEXT,
    "country" TEXT,
    "model" TEXT,
    "endpoint" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "family" TEXT NOT NULL,

    CONSTRAINT "threat_events_pkey" PRIMARY KEY ("request_id","index")
);

-- CreateTable
CREATE TABLE "threat_dimensions" (
    "id" UUID NOT NULL,
    "layer" TEXT NOT NULL,
    "guard" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "would_be" TEXT,
    "source" TEXT NOT NULL,

    CONSTRAINT "threat_dimensions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threat_rollups" (
    "step_seconds" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "dimension_id" UUID NOT NULL,
    "events" INTEGER NOT NULL,
    "blocked" INTEGER NOT NULL,
    "would_block" INTEGER NOT NULL,
    "blocked_requests" INTEGER NOT NULL,

    CONSTRAINT "threat_rollups_pkey" PRIMARY KEY ("step_seconds","at","dimension_id")
);

-- CreateTable
CREATE TABLE "threat_party_rollups" (
    "step_seconds" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "party" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "blocked" INTEGER NOT NULL,
    "would_block" INTEGER NOT NULL,
    "blocked_requests" INTEGER NOT NULL,
    "weight" INTEGER NOT NULL,
    "worst" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "threat_party_rollups_pkey" PRIMARY KEY ("step_seconds","kind","at","party")
);

-- CreateTable
CREATE TABLE "threat_pending" (
    "id" BIGSERIAL NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "blocked" INTEGER NOT NULL,
    "would_block" INTEGER NOT NULL,
    "worst" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "rules" TEXT[],
    "key_ids" TEXT[],
    "ips" TEXT[],
    "request_id" TEXT NOT NULL,

    CONSTRAINT "threat_pending_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threat_incidents" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "resolution" TEXT,
    "is_watched" BOOLEAN NOT NULL DEFAULT false,
    "worst" INTEGER NOT NULL,
    "events" INTEGER NOT NULL,
    "blocked" INTEGER NOT NULL,
    "would_block" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "rules" TEXT[],
    "key_ids" TEXT[],
    "ips" TEXT[],
    "request_id" TEXT NOT NULL,
    "assignee_id" UUID,
    "acknowledged_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "threat_incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_notes" (
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threat_marks" (
    "id" UUID NOT NULL,
    "guard" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "marked_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "threat_marks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threat_actors" (
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "bans" INTEGER NOT NULL DEFAULT 0,
    "causes" JSONB NOT NULL,
    "watched_until" TIMESTAMPTZ(3),

    CONSTRAINT "threat_actors_pkey" PRIMARY KEY ("kind","value")
);

-- CreateTable
CREATE TABLE "threat_scores" (
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "peak" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "threat_scores_pkey" PRIMARY KEY ("kind","value","at")
);

-- CreateTable
CREATE TABLE "threat_bans" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until_at" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "score" DOUBLE PRECISION,
    "causes" JSONB NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "lifted_by" TEXT,

    CONSTRAINT "threat_bans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threat_actions" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "is_monitored" BOOLEAN NOT NULL DEFAULT false,
    "score" DOUBLE PRECISION,
    "reason" TEXT NOT NULL,
    "by" TEXT,
    "request_id" TEXT,
    "until_at" TIMESTAMPTZ(3),

    CONSTRAINT "threat_actions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "recordings_received_at_idx" ON "recordings"("received_at");

-- CreateIndex
CREATE INDEX "threat_events_at_request_id_index_idx" ON "threat_events"("at" DESC, "request_id", "index");

-- CreateIndex
CREATE INDEX "threat_events_layer_at_idx" ON "threat_events"("layer", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_events_category_at_idx" ON "threat_events"("category", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_events_severity_at_idx" ON "threat_events"("severity", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_events_rule_at_idx" ON "threat_events"("rule", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_events_guard_at_idx" ON "threat_events"("guard", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_events_team_id_at_idx" ON "threat_events"("team_id", "at" DESC) WHERE (team_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_would_be_at_idx" ON "threat_events"("would_be", "at" DESC) WHERE (would_be IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_ip_at_idx" ON "threat_events"("ip", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_events_key_id_at_idx" ON "threat_events"("key_id", "at" DESC) WHERE (key_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_owner_id_at_idx" ON "threat_events"("owner_id", "at" DESC) WHERE (owner_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_user_id_at_idx" ON "threat_events"("user_id", "at" DESC) WHERE (user_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_end_user_at_idx" ON "threat_events"("end_user", "at" DESC) WHERE (end_user IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_session_at_idx" ON "threat_events"("session", "at" DESC) WHERE (session IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_fingerprint_at_idx" ON "threat_events"("fingerprint", "at" DESC) WHERE (fingerprint IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_country_at_idx" ON "threat_events"("country", "at" DESC) WHERE (country IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_model_at_idx" ON "threat_events"("model", "at" DESC) WHERE (model IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_events_endpoint_at_idx" ON "threat_events"("endpoint", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_events_actor_kind_actor_family_at_idx" ON "threat_events"("actor_kind", "actor", "family", "at" DESC);

-- CreateIndex
CREATE INDEX "threat_party_rollups_step_seconds_kind_party_at_idx" ON "threat_party_rollups"("step_seconds", "kind", "party", "at");

-- CreateIndex
CREATE UNIQUE INDEX "threat_incidents_number_key" ON "threat_incidents"("number");

-- CreateIndex
CREATE INDEX "threat_incidents_state_worst_last_at_id_idx" ON "threat_incidents"("state", "worst" DESC, "last_at" DESC, "id");

-- CreateIndex
CREATE INDEX "threat_incidents_worst_last_at_id_idx" ON "threat_incidents"("worst" DESC, "last_at" DESC, "id") WHERE (state <> 'closed');

-- CreateIndex
CREATE INDEX "threat_incidents_actor_kind_actor_family_last_at_idx" ON "threat_incidents"("actor_kind", "actor", "family", "last_at" DESC);

-- CreateIndex
CREATE INDEX "threat_incidents_assignee_id_state_idx" ON "threat_incidents"("assignee_id", "state");

-- CreateIndex
CREATE INDEX "incident_notes_incident_id_created_at_idx" ON "incident_notes"("incident_id", "created_at");

-- CreateIndex
CREATE INDEX "threat_marks_guard_rule_created_at_idx" ON "threat_marks"("guard", "rule", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "threat_marks_subject_subject_id_guard_rule_key" ON "threat_marks"("subject", "subject_id", "guard", "rule");

-- CreateIndex
CREATE INDEX "threat_actors_updated_at_idx" ON "threat_actors"("updated_at");

-- CreateIndex
CREATE INDEX "threat_actors_watched_until_idx" ON "threat_actors"("watched_until") WHERE (watched_until IS NOT NULL);

-- CreateIndex
CREATE INDEX "threat_scores_at_idx" ON "threat_scores"("at");

-- CreateIndex
CREATE INDEX "threat_bans_kind_value_id_idx" ON "threat_bans"("kind", "value", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "threat_bans_kind_value_key" ON "threat_bans"("kind", "value") WHERE (ended_at IS NULL);

-- CreateIndex
CREATE INDEX "threat_actions_kind_value_id_idx" ON "threat_actions"("kind", "value", "id" DESC);

-- AddForeignKey
ALTER TABLE "incident_notes" ADD CONSTRAINT "incident_notes_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "threat_incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Guards were on or off; now they have a mode.
UPDATE "settings_versions" SET "value" = jsonb_set("value", '{guards}', (
	SELECT jsonb_object_agg(id, CASE WHEN guard ? 'isOn' AND NOT (guard ? 'mode')
		THEN (guard - 'isOn') || CASE WHEN guard -> 'isOn' = 'false' THEN '{"mode": "off"}'::jsonb ELSE '{}'::jsonb END
		ELSE guard - 'isOn' END)
	FROM jsonb_each("value" -> 'guards') AS g (id, guard)))
WHERE jsonb_typeof("value" -> 'guards') = 'object' AND "value" -> 'guards' <> '{}'::jsonb;
