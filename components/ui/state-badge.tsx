import type { LucideIcon } from "lucide-react";
import type { BadgeTone } from "./badge.tsx";
import { Badge } from "./badge.tsx";
import { Tooltip } from "./tooltip.tsx";

/** How a state looks: a colour never says it alone. */
export interface StateLook {
	readonly word: string;
	readonly tone: BadgeTone;
	readonly icon: LucideIcon;
}

interface StateBadgeProps {
	readonly look: StateLook;
	/** One sentence: why. */
	readonly reason: string;
}

export function StateBadge({ look: { word, tone, icon: Icon }, reason }: StateBadgeProps) {
	return (
		<Tooltip content={reason}>
			<Badge tone={tone}>
				<Icon aria-hidden="true" />
				{word}
			</Badge>
		</Tooltip>
	);
}
