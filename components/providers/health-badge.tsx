import type { LucideIcon } from "lucide-react";
import { CircleCheck, CircleDashed, CircleX, PowerOff, TriangleAlert } from "lucide-react";
import type { Provider } from "../../lib/contracts/providers.ts";
import type { BadgeTone } from "../ui/badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import type { HealthState } from "./provider-health.ts";
import { healthOf } from "./provider-health.ts";

interface Look {
	readonly word: string;
	readonly tone: BadgeTone;
	readonly icon: LucideIcon;
}

export const healthLooks: Readonly<Record<HealthState, Look>> = {
	healthy: { word: "Healthy", tone: "ok", icon: CircleCheck },
	degraded: { word: "Degraded", tone: "caution", icon: TriangleAlert },
	failing: { word: "Failing", tone: "danger", icon: CircleX },
	unknown: { word: "Not checked", tone: "idle", icon: CircleDashed },
	disabled: { word: "Disabled", tone: "idle", icon: PowerOff },
};

export function HealthBadge({ provider }: { readonly provider: Provider }) {
	const { state, reason } = healthOf(provider);
	const { word, tone, icon: Icon } = healthLooks[state];
	return (
		<Tooltip content={reason}>
			<Badge tone={tone}>
				<Icon aria-hidden="true" />
				{word}
			</Badge>
		</Tooltip>
	);
}
