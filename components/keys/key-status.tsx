import type { LucideIcon } from "lucide-react";
import { Ban, CircleCheck, ClockAlert } from "lucide-react";
import type { Key } from "../../lib/contracts/keys.ts";
import type { BadgeTone } from "../ui/badge.tsx";
import { Badge } from "../ui/badge.tsx";

type Status = Key["status"];

export const statusWords: Readonly<Record<Status, string>> = {
	active: "Active",
	expired: "Expired",
	revoked: "Revoked",
};

const looks: Readonly<Record<Status, { readonly tone: BadgeTone; readonly icon: LucideIcon }>> = {
	active: { tone: "ok", icon: CircleCheck },
	expired: { tone: "caution", icon: ClockAlert },
	revoked: { tone: "idle", icon: Ban },
};

export function KeyStatus({ status }: { readonly status: Status }) {
	const { tone, icon: Icon } = looks[status];
	return (
		<Badge tone={tone}>
			<Icon aria-hidden="true" />
			{statusWords[status]}
		</Badge>
	);
}
