-- CreateTable
CREATE TABLE "price_overrides" (
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "price" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "price_overrides_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quotas" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "subject" TEXT,
    "window" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "hard_limit" BIGINT NOT NULL,
    "soft_limit" BIGINT,
    "soft_action" TEXT NOT NULL,
    "downgrade_to" TEXT[],
    "raise_amount" BIGINT,
    "raise_until" TIMESTAMPTZ(3),
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quotas_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_changes" (
    "id" UUID NOT NULL,
    "quota_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,
    "changed_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quota_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_counters" (
    "counter" TEXT NOT NULL,
    "quota_id" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3),
    "unit" TEXT NOT NULL,
    "spent" BIGINT NOT NULL DEFAULT 0,
    "leased" BIGINT NOT NULL DEFAULT 0,
    "soft_told_at" TIMESTAMPTZ(3),
    "hard_told_at" TIMESTAMPTZ(3),

    CONSTRAINT "quota_counters_pkey" PRIMARY KEY ("counter","window_start")
);

-- CreateTable
CREATE TABLE "quota_leases" (
    "counter" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "node" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "charged" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quota_leases_pkey" PRIMARY KEY ("counter","window_start","node")
);

-- CreateTable
CREATE TABLE "quota_burns" (
    "counter" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "spent" BIGINT NOT NULL,

    CONSTRAINT "quota_burns_pkey" PRIMARY KEY ("counter","window_start","hour")
);

-- CreateTable
CREATE TABLE "quota_spenders" (
    "counter" TEXT NOT NULL,
    "quota_id" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "spender" TEXT NOT NULL,
    "spent" BIGINT NOT NULL,

    CONSTRAINT "quota_spenders_pkey" PRIMARY KEY ("counter","window_start","spender")
);

-- CreateTable
CREATE TABLE "routes" (
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "strategy" TEXT NOT NULL,
    "cost_weight" DOUBLE PRECISION NOT NULL,
    "is_sticky" BOOLEAN NOT NULL,
    "retries" INTEGER,
    "entries" JSONB NOT NULL,
    "fallbacks" JSONB NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "routes_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "target_settings" (
    "target" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "timeouts" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "target_settings_pkey" PRIMARY KEY ("target")
);

-- CreateIndex
CREATE INDEX "price_overrides_scope_place_model_created_at_idx" ON "price_overrides"("scope", "place", "model", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "price_overrides_scope_place_model_key" ON "price_overrides"("scope", "place", "model") WHERE (revoked_at IS NULL);

-- CreateIndex
CREATE INDEX "quota_changes_quota_id_id_idx" ON "quota_changes"("quota_id", "id" DESC);

-- CreateIndex
CREATE INDEX "quota_counters_quota_id_window_start_idx" ON "quota_counters"("quota_id", "window_start");

-- CreateIndex
CREATE INDEX "quota_counters_window_end_idx" ON "quota_counters"("window_end");

-- CreateIndex
CREATE INDEX "quota_leases_expires_at_idx" ON "quota_leases"("expires_at");

-- CreateIndex
CREATE INDEX "quota_spenders_quota_id_window_start_idx" ON "quota_spenders"("quota_id", "window_start");

-- AddForeignKey
ALTER TABLE "quota_changes" ADD CONSTRAINT "quota_changes_quota_id_fkey" FOREIGN KEY ("quota_id") REFERENCES "quotas"("id") ON DELETE CASCADE ON UPDATE CASCADE;
