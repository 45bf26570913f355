import { setTimeout as sleep } from "node:timers/promises";
import type { Egress } from "../../../proxy-core/egress/egress.ts";
import type { Log } from "../../../proxy-core/ports.ts";
import type { RoutingDesk } from "../../../proxy-core/routing/routing-desk.ts";
import type { Snapshot, Target } from "../../../proxy-core/snapshot.ts";
import { testConnection } from "./connection-test.ts";

export interface HealthCheckOptions {
	readonly snapshot: () => Snapshot;
	readonly routing: Pick<RoutingDesk, "checked">;
	readonly egress: Egress;
	readonly log: Log;
}

export interface HealthChecks {
	readonly stop: () => Promise<void>;
}

/** How soon a changed setting is noticed while the checks are off. */
const idleMs = 5000;
const timeoutMs = 5000;

/** Asks every provider in use for its models, as often as the settings say; off while they say 0. */
export function startHealthChecks(options: HealthCheckOptions): HealthChecks {
	const end = new AbortController();
	const run = async () => {
		while (!end.signal.aborted) {
			const { healthCheckSeconds } = options.snapshot().settings.routing;
			if (healthCheckSeconds > 0) await checkAll(options, end.signal);
			const pauseMs = healthCheckSeconds > 0 ? spread(healthCheckSeconds * 1000) : idleMs;
			await sleep(pauseMs, undefined, { signal: end.signal }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		stop: async () => {
			end.abort();
			await running;
		},
	};
}

/** One after the other, so that the checks themselves are no load. */
async function checkAll(
	{ snapshot, routing, egress, log }: HealthCheckOptions,
	signal: AbortSignal,
): Promise<void> {
	const providers = new Map<string, Target>();
	for (const target of snapshot().targets.values()) providers.set(target.providerId, target);
	for (const [provider, { connector }] of providers) {
		if (signal.aborted) return;
		const { ok, latencyMs, message } = await testConnection(egress, connector, timeoutMs);
		routing.checked(provider, { ok, latencyMs });
		if (!ok) log.warn("A provider failed its health check.", { provider, message });
	}
}

/** Nodes that were started together must not ask together for ever. */
function spread(ms: number): number {
	return ms * (0.9 + Math.random() / 5);
}
