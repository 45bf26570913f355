import type { LucideIcon } from "lucide-react";
import { CircleCheck, CircleDashed, CircleOff } from "lucide-react";
import type { BreakerState } from "../../proxy-core/contract/routing.ts";
import type { BadgeTone } from "./badge.tsx";
import { Badge } from "./badge.tsx";
import { Tooltip } from "./tooltip.tsx";

interface Look {
	readonly word: string;
	readonly tone: BadgeTone;
	readonly icon: LucideIcon;
	readonly says: string;
}

const circuitLooks: Readonly<Record<BreakerState, Look>> = {
	closed: { word: "Closed", tone: "ok", icon: CircleCheck, says: "Requests flow." },
	open: {
		word: "Open",
		tone: "danger",
		icon: CircleOff,
		says: "It failed too often in a row and gets no requests for a while.",
	},
	"half-open": {
		word: "Half-open",
		tone: "caution",
		icon: CircleDashed,
		says: "A few requests find out whether it works again.",
	},
};

/** The state of a target's circuit breaker, by icon and word. */
export function CircuitBadge({ state }: { readonly state: BreakerState }) {
	const { word, tone, icon: Icon, says } = circuitLooks[state];
	return (
		<Tooltip content={says}>
			<Badge tone={tone}>
				<Icon aria-hidden="true" />
				{word}
			</Badge>
		</Tooltip>
	);
}
