import type { Provider } from "../../lib/contracts/providers.ts";

export type HealthState = "healthy" | "degraded" | "failing" | "unknown" | "disabled";

export interface Health {
	readonly state: HealthState;
	/** One sentence: why. */
	readonly reason: string;
}

/** From this share of failed requests on a provider counts as degraded, and as failing. */
const degradedShare = 0.05;
const failingShare = 0.5;
/** With fewer requests one failure would already look like an outage. */
const requestsMin = 5;

/** What the last check and the traffic of the last 15 minutes say together; the worse one counts. */
export function healthOf({ isEnabled, health }: Pick<Provider, "isEnabled" | "health">): Health {
	if (!isEnabled) return { state: "disabled", reason: "Switched off: it gets no requests." };
	const { check, errorRate, requests } = health;
	const share = requests >= requestsMin ? (errorRate ?? 0) : 0;
	if (share >= failingShare) {
		return { state: "failing", reason: "Most of its requests of the last 15 minutes failed." };
	}
	if (check?.status === "failed") return { state: "failing", reason: check.message };
	if (share >= degradedShare) {
		return { state: "degraded", reason: "Some of its requests of the last 15 minutes failed." };
	}
	if (check !== null) return { state: "healthy", reason: check.message };
	if (requests > 0)
		return { state: "healthy", reason: "Its requests of the last 15 minutes worked." };
	return { state: "unknown", reason: "Neither checked nor used in the last 15 minutes." };
}
