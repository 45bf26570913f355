"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { useSession } from "../../lib/client/use-session.ts";
import { usersQuery } from "../../lib/client/users.ts";
import type { User } from "../../lib/contracts/users.ts";
import { updateUser } from "../../lib/contracts/users.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Notice } from "../ui/notice.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { RoleChoice } from "./role-choice.tsx";
import { roleWords } from "./role-words.ts";

interface ChangeRoleDialogProps {
	readonly person: User;
	readonly onClose: () => void;
}

export function ChangeRoleDialog({ person, onClose }: ChangeRoleDialogProps) {
	const queries = useQueryClient();
	const isSelf = useSession().user.id === person.id;
	const [role, setRole] = useState(person.role);
	const update = useMutation({
		mutationFn: () => call(updateUser, { params: { id: person.id }, body: { role } }),
		onSuccess: async (saved) => {
			await queries.invalidateQueries({ queryKey: usersQuery().queryKey });
			notifyDone("Role changed", `${saved.name} is ${roleWords[saved.role].label} from now on.`);
			onClose();
		},
	});
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			title={`Role of ${person.name}`}
			description="Counts from their next click on, without signing in again."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button
						variant="primary"
						disabled={role === person.role}
						isBusy={update.isPending}
						onClick={() => update.mutate()}
					>
						Change role
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				<RoleChoice value={role} onChange={setRole} />
				{isSelf && role !== "admin" && (
					<Notice severity="medium">
						This is you: you will not be able to manage people any more.
					</Notice>
				)}
				{update.error !== null && <ErrorNote error={update.error} />}
			</div>
		</Dialog>
	);
}
