import type { LucideIcon } from "lucide-react";
import {
	CircleCheck,
	CircleSlash,
	CircleX,
	Eraser,
	Flag,
	PhoneOff,
	ShieldCheck,
	ShieldX,
} from "lucide-react";
import type { Outcome } from "../../proxy-core/contract/settled-record.ts";
import type { VerdictAction } from "../../proxy-core/contract/verdict.ts";
import type { BadgeTone } from "./badge.tsx";
import { Badge } from "./badge.tsx";

interface Look {
	readonly word: string;
	readonly tone: BadgeTone;
	readonly icon: LucideIcon;
}

const outcomeLooks: Readonly<Record<Outcome, Look>> = {
	answered: { word: "Answered", tone: "ok", icon: CircleCheck },
	refused: { word: "Refused", tone: "caution", icon: CircleSlash },
	failed: { word: "Failed", tone: "danger", icon: CircleX },
	cancelled: { word: "Cancelled", tone: "idle", icon: PhoneOff },
};

const actionLooks: Readonly<Record<VerdictAction | "error", Look>> = {
	allow: { word: "Allowed", tone: "ok", icon: ShieldCheck },
	flag: { word: "Flagged", tone: "caution", icon: Flag },
	redact: { word: "Redacted", tone: "mask", icon: Eraser },
	block: { word: "Blocked", tone: "danger", icon: ShieldX },
	error: { word: "Error", tone: "alert", icon: CircleX },
};

/** How a request ended. */
export function OutcomeBadge({ outcome }: { readonly outcome: Outcome }) {
	return <LookBadge look={outcomeLooks[outcome]} />;
}

/** What a guard or a stage decided. */
export function ActionBadge({ action }: { readonly action: VerdictAction | "error" }) {
	return <LookBadge look={actionLooks[action]} />;
}

function LookBadge({ look }: { readonly look: Look }) {
	const Icon = look.icon;
	return (
		<Badge tone={look.tone}>
			<Icon aria-hidden="true" />
			{look.word}
		</Badge>
	);
}
