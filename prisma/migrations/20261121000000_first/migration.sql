-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "last_sign_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "previous_hash" BYTEA,
    "previous_expires_at" TIMESTAMPTZ(3),
    "origin" TEXT NOT NULL DEFAULT 'console',
    "owner_id" UUID,
    "team_id" UUID,
    "allowed_models" TEXT[],
    "allowed_endpoints" TEXT[],
    "requests_per_minute" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upstreams" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "secrets" BYTEA,
    "models" TEXT[],
    "origin" TEXT NOT NULL DEFAULT 'console',
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "checked_at" TIMESTAMPTZ(3),
    "check_status" TEXT,
    "check_message" TEXT,
    "check_latency_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "upstreams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings_versions" (
    "version" SERIAL NOT NULL,
    "value" JSONB NOT NULL,
    "changed_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_versions_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "request_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "node" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "error_code" TEXT,
    "action" TEXT NOT NULL,
    "key_id" TEXT,
    "owner_id" TEXT,
    "team_id" TEXT,
    "user_id" TEXT,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "requested_model" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "is_streaming" BOOLEAN NOT NULL,
    "input_tokens" BIGINT,
    "output_tokens" BIGINT,
    "cached_tokens" BIGINT,
    "cache_write_tokens" BIGINT,
    "reasoning_tokens" BIGINT,
    "is_estimated" BOOLEAN NOT NULL,
    "cost_micro_usd" BIGINT,
    "is_unpriced" BOOLEAN NOT NULL,
    "price_version" TEXT,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "overhead_ms" DOUBLE PRECISION NOT NULL,
    "first_byte_ms" DOUBLE PRECISION,
    "request_bytes" BIGINT NOT NULL,
    "response_bytes" BIGINT NOT NULL,
    "tags" TEXT[],
    "end_user" TEXT,
    "session" TEXT,
    "trace" JSON NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("request_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_name_key" ON "teams"("name");

-- CreateIndex
CREATE INDEX "api_keys_owner_id_idx" ON "api_keys"("owner_id");

-- CreateIndex
CREATE INDEX "api_keys_team_id_idx" ON "api_keys"("team_id");

-- CreateIndex
CREATE INDEX "ledger_entries_received_at_request_id_idx" ON "ledger_entries"("received_at" DESC, "request_id");

-- CreateIndex
CREATE INDEX "ledger_entries_key_id_received_at_idx" ON "ledger_entries"("key_id", "received_at" DESC);

-- CreateIndex
CREATE INDEX "ledger_entries_outcome_received_at_idx" ON "ledger_entries"("outcome", "received_at" DESC) WHERE (outcome <> 'answered');

-- CreateIndex
CREATE INDEX "ledger_entries_model_received_at_idx" ON "ledger_entries"("model", "received_at" DESC);

-- CreateIndex
CREATE INDEX "ledger_entries_owner_id_received_at_idx" ON "ledger_entries"("owner_id", "received_at" DESC) WHERE (owner_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "ledger_entries_user_id_received_at_idx" ON "ledger_entries"("user_id", "received_at" DESC) WHERE (user_id IS NOT NULL);

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE SET NULL ON UPDATE CASCADE;
