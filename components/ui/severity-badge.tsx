import type { LucideIcon } from "lucide-react";
import { CircleAlert, Flame, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { severities } from "../../proxy-core/contract/threats.ts";
import type { BadgeTone } from "./badge.tsx";
import { Badge } from "./badge.tsx";

export type Severity = "info" | "low" | "medium" | "high" | "critical";

export const severityLooks: Readonly<
	Record<Severity, { readonly word: string; readonly tone: BadgeTone; readonly icon: LucideIcon }>
> = {
	info: { word: "Info", tone: "idle", icon: Info },
	low: { word: "Low", tone: "note", icon: CircleAlert },
	medium: { word: "Medium", tone: "caution", icon: TriangleAlert },
	high: { word: "High", tone: "alert", icon: OctagonAlert },
	critical: { word: "Critical", tone: "danger", icon: Flame },
};

/** To choose one of those that rules have, mildest first. */
export const severityOptions = severities.map((value) => ({
	value,
	label: severityLooks[value].word,
}));

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
	const { word, tone, icon: Icon } = severityLooks[severity];
	return (
		<Badge tone={tone}>
			<Icon aria-hidden="true" />
			{word}
		</Badge>
	);
}
