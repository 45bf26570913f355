-- DropIndex
DROP INDEX "threat_events_actor_kind_actor_family_at_idx";
