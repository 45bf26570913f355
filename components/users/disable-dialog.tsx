"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { useSession } from "../../lib/client/use-session.ts";
import { usersQuery } from "../../lib/client/users.ts";
import type { User } from "../../lib/contracts/users.ts";
import { updateUser } from "../../lib/contracts/users.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { notifyDone } from "../ui/toaster.tsx";

interface DisableDialogProps {
	readonly person: User;
	readonly onClose: () => void;
}

/** Switches a person off, or on again. */
export function DisableDialog({ person, onClose }: DisableDialogProps) {
	const queries = useQueryClient();
	const isSelf = useSession().user.id === person.id;
	const { isDisabled, name } = person;
	const self = isSelf
		? " This is you: you are signed out and another administrator has to let you in again."
		: "";
	return (
		<ConfirmDialog
			isOpen
			onOpenChange={onClose}
			title={isDisabled ? `Enable ${name}?` : `Disable ${name}?`}
			consequence={
				isDisabled
					? "They can sign in again with the password they had, in the role they had."
					: `Their sessions end at once and they cannot sign in. Keys they own go on working: revoke those on the Keys page.${self}`
			}
			confirmLabel={isDisabled ? "Enable person" : "Disable person"}
			isDangerous={!isDisabled}
			onConfirm={async () => {
				await call(updateUser, {
					params: { id: person.id },
					body: { isDisabled: !isDisabled },
				});
				await queries.invalidateQueries({ queryKey: usersQuery().queryKey });
				notifyDone(isDisabled ? `${name} can sign in again` : `${name} is disabled`);
			}}
		/>
	);
}
