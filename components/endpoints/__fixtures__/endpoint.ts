import type { TargetEndpoint } from "../../../lib/contracts/endpoints.ts";

const timeouts = { connectMs: null, firstByteMs: null, idleMs: null, totalMs: null };

/** A target in service that has been used. */
export const usedEndpoint: TargetEndpoint = {
	id: "b3BlbmFpL2dwdC01",
	target: "openai/gpt-5",
	provider: "openai",
	providerTitle: "OpenAI",
	kind: "openai",
	model: "gpt-5",
	isEnabled: true,
	isProviderEnabled: true,
	priority: 0,
	timeouts,
	timeoutsInForce: { connectMs: 5000, firstByteMs: 60_000, idleMs: 60_000, totalMs: 600_000 },
	standing: {
		breaker: "closed",
		openUntil: null,
		coolingUntil: null,
		failures: 0,
		probes: 0,
		inFlight: 0,
		success: 1,
		latencyMs: 120,
		lastError: null,
	},
	series: {
		from: "2026-03-04T05:00:00.000Z",
		stepMs: 10_000,
		requests: [4, 0, 6],
		failures: [0, 0, 1],
		latencyMs: [100, null, 140],
	},
	lastCheck: null,
	routes: [],
};
