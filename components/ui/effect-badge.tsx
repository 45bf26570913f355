import { Eye } from "lucide-react";
import type { ThreatEffect } from "../../lib/contracts/threats.ts";
import { effectWords } from "../../lib/format/threat-words.ts";
import { Badge } from "./badge.tsx";
import { ActionBadge } from "./outcome-badge.tsx";

/** What was done about an event, or would have been. */
export function EffectBadge({ effect }: { readonly effect: ThreatEffect }) {
	if (effect === "block" || effect === "redact" || effect === "flag") {
		return <ActionBadge action={effect} />;
	}
	return (
		<Badge tone="note">
			<Eye aria-hidden="true" />
			{effectWords[effect]}
		</Badge>
	);
}
