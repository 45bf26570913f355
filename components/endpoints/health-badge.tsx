import type { LucideIcon } from "lucide-react";
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
import type { BadgeTone } from "../ui/badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import type { HealthState } from "./endpoint-health.ts";
import { healthOf } from "./endpoint-health.ts";

interface Look {
	readonly word: string;
	readonly tone: BadgeTone;
	readonly icon: LucideIcon;
}

export const healthLooks: Readonly<Record<HealthState, Look>> = {
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
