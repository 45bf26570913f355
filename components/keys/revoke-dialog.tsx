"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { keysQuery } from "../../lib/client/keys.ts";
import type { Key } from "../../lib/contracts/keys.ts";
import { revokeKey } from "../../lib/contracts/keys.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { notifyDone } from "../ui/toaster.tsx";

interface RevokeDialogProps {
	readonly subject: Key;
	readonly onClose: () => void;
}

export function RevokeDialog({ subject, onClose }: RevokeDialogProps) {
	const queries = useQueryClient();
	const grace =
		subject.graceUntil === null ? "" : " The secret before the last rotation stops too.";
	return (
		<ConfirmDialog
			isOpen
			onOpenChange={onClose}
			title={`Revoke ${subject.name}?`}
			consequence={`Every application that uses ${subject.prefix}… is refused with status 401 from the next request on, on every node.${grace} This cannot be undone; its requests stay in the log.`}
			confirmLabel="Revoke key"
			onConfirm={async () => {
				await call(revokeKey, { params: { id: subject.id } });
				await queries.invalidateQueries({ queryKey: keysQuery().queryKey });
				notifyDone("Key revoked", `${subject.name} is refused from now on.`);
			}}
		/>
	);
}
