"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import type { Ban } from "../../lib/contracts/bans.ts";
import { liftBan } from "../../lib/contracts/bans.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { displayName } from "./ban-words.ts";

interface LiftDialogProps {
	readonly ban: Ban;
	readonly onClose: () => void;
}

export function LiftDialog({ ban, onClose }: LiftDialogProps) {
	const queries = useQueryClient();
	const who = displayName(ban);
	return (
		<ConfirmDialog
			isOpen
			onOpenChange={onClose}
			title={`Lift the ban of ${who}?`}
			consequence="Their requests are answered again on every node, and the score is forgotten. New attacks count from zero. You can ban them again at any time."
			confirmLabel="Lift the ban"
			isDangerous={false}
			onConfirm={async () => {
				await call(liftBan, { params: { id: ban.id } });
				await queries.invalidateQueries({ queryKey: ["bans"] });
				notifyDone("Ban lifted", `${who} may send requests again.`);
			}}
		/>
	);
}
