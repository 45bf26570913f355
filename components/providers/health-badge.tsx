import { CircleCheck, CircleDashed, CircleX, PowerOff, TriangleAlert } from "lucide-react";
import type { Provider } from "../../lib/contracts/providers.ts";
import type { StateLook } from "../ui/state-badge.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import type { HealthState } from "./provider-health.ts";
import { healthOf } from "./provider-health.ts";

export const healthLooks: Readonly<Record<HealthState, StateLook>> = {
	healthy: { word: "Healthy", tone: "ok", icon: CircleCheck },
	degraded: { word: "Degraded", tone: "caution", icon: TriangleAlert },
	failing: { word: "Failing", tone: "danger", icon: CircleX },
	unknown: { word: "Not checked", tone: "idle", icon: CircleDashed },
	disabled: { word: "Disabled", tone: "idle", icon: PowerOff },
};

export function HealthBadge({ provider }: { readonly provider: Provider }) {
	const { state, reason } = healthOf(provider);
	return <StateBadge look={healthLooks[state]} reason={reason} />;
}
