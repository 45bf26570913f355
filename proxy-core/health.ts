import type { Outgoing } from "./http/exchange.ts";
import type { GatewayPorts } from "./ports.ts";

const livePaths = new Set(["/health/live", "/health/liveness", "/health/liveliness"]);
const readyPaths = new Set(["/health/ready", "/health/readiness"]);

/**
 * Answers probes. Public, so it tells no versions, names or amounts. A node is ready while it can
 * record requests: with the database away the journal keeps them, so that is `degraded`, not down.
 * With the heavy classifier away the fail policy of the guard that asks it decides; `degraded` too.
 */
export function answerHealth(
	path: string,
	outgoing: Outgoing,
	state: { readonly ports: GatewayPorts; readonly isDraining: boolean },
): boolean {
	const isLive = livePaths.has(path);
	if (!isLive && path !== "/health" && !readyPaths.has(path)) return false;
	const { database, workers, classifier } = state.ports.health();
	const journal = state.ports.journal.isHealthy() ? "up" : "down";
	const isReady = journal === "up" && !state.isDraining && workers !== "down";
	const isWhole = database === "up" && classifier !== "down";
	const status = isReady ? (isWhole ? "ok" : "degraded") : "unavailable";
	const body = isLive
		? { status: "ok" }
		: {
				status,
				components: {
					database,
					journal,
					gateway: state.isDraining ? "draining" : "up",
					...(workers !== undefined && { workers }),
					...(classifier !== undefined && { classifier }),
				},
			};
	outgoing.begin(isLive || isReady ? 200 : 503, {
		"content-type": "application/json",
		"cache-control": "no-store",
	});
	outgoing.end(JSON.stringify(body));
	return true;
}
