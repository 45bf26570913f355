import {
	CircleCheck,
	CircleDashed,
	CircleX,
	Hourglass,
	PowerOff,
	RotateCw,
	TriangleAlert,
} from "lucide-react";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import type { StateLook } from "../ui/state-badge.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import type { HealthState } from "./endpoint-health.ts";
import { healthOf } from "./endpoint-health.ts";

export const healthLooks: Readonly<Record<HealthState, StateLook>> = {
	out: { word: "Out of service", tone: "danger", icon: CircleX },
	recovering: { word: "Recovering", tone: "caution", icon: RotateCw },
	pausing: { word: "Pausing", tone: "caution", icon: Hourglass },
	degraded: { word: "Degraded", tone: "caution", icon: TriangleAlert },
	ok: { word: "Healthy", tone: "ok", icon: CircleCheck },
	unused: { word: "Not used yet", tone: "idle", icon: CircleDashed },
	off: { word: "Off", tone: "idle", icon: PowerOff },
};

export function HealthBadge({ endpoint }: { readonly endpoint: TargetEndpoint }) {
	const { state, reason } = healthOf(endpoint);
	return <StateBadge look={healthLooks[state]} reason={reason} />;
}
