"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { keysQuery } from "../../lib/client/keys.ts";
import { useNow } from "../../lib/client/use-now.tsx";
import type { Key } from "../../lib/contracts/keys.ts";
import { rotateKey } from "../../lib/contracts/keys.ts";
import { formatAbsolute } from "../../lib/format/time.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import type { IssuedKey } from "./key-drawer.tsx";

interface RotateDialogProps {
	readonly subject: Key;
	readonly onClose: () => void;
	readonly onIssued: (issued: IssuedKey) => void;
}

const graces = [
	{ value: "0", label: "None", hint: "The old secret stops at once: for a leaked key" },
	{ value: "3600", label: "1 hour" },
	{ value: "86400", label: "24 hours" },
	{ value: "604800", label: "7 days" },
	{ value: "2592000", label: "30 days" },
] as const;

export function RotateDialog({ subject, onClose, onIssued }: RotateDialogProps) {
	const queries = useQueryClient();
	const now = useNow();
	const [grace, setGrace] = useState<(typeof graces)[number]["value"]>("86400");
	const rotate = useMutation({
		mutationFn: () =>
			call(rotateKey, { params: { id: subject.id }, body: { graceSeconds: Number(grace) } }),
		onSuccess: (issued) => {
			void queries.invalidateQueries({ queryKey: keysQuery().queryKey });
			onIssued(issued);
		},
		gcTime: 0,
	});
	const until = formatAbsolute(new Date(now.getTime() + Number(grace) * 1000));
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			title={`Rotate ${subject.name}?`}
			description="The key gets a new secret and keeps its id, limits and history."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button
						variant={grace === "0" ? "danger" : "primary"}
						isBusy={rotate.isPending}
						onClick={() => rotate.mutate()}
					>
						Rotate key
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				<Field
					label="Grace period"
					help={
						grace === "0"
							? "Applications that still use the old secret are refused at once, on every node."
							: `The old secret works until ${until}. Give the applications the new one before that.`
					}
				>
					{(control) => (
						<Select
							id={control.id}
							aria-describedby={control["aria-describedby"]}
							options={graces}
							value={grace}
							onChange={setGrace}
						/>
					)}
				</Field>
				{rotate.error !== null && <ErrorNote error={rotate.error} />}
			</div>
		</Dialog>
	);
}
