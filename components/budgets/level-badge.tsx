import type { LucideIcon } from "lucide-react";
import {
	Archive,
	Ban,
	CircleCheck,
	CircleGauge,
	CirclePause,
	TrendingUp,
	TriangleAlert,
} from "lucide-react";
import type { BadgeTone } from "../ui/badge.tsx";
import { Badge } from "../ui/badge.tsx";
import type { Level } from "./budget-standing.ts";
import { levelWords } from "./budget-standing.ts";

const looks: Readonly<Record<Level, { readonly tone: BadgeTone; readonly icon: LucideIcon }>> = {
	"used-up": { tone: "danger", icon: Ban },
	"running-out": { tone: "alert", icon: TrendingUp },
	soft: { tone: "caution", icon: TriangleAlert },
	"at-limit": { tone: "caution", icon: CircleGauge },
	"on-track": { tone: "ok", icon: CircleCheck },
	off: { tone: "idle", icon: CirclePause },
	archived: { tone: "idle", icon: Archive },
};

export function LevelBadge({ level }: { readonly level: Level }) {
	const { tone, icon: Icon } = looks[level];
	return (
		<Badge tone={tone}>
			<Icon aria-hidden="true" />
			{levelWords[level]}
		</Badge>
	);
}
