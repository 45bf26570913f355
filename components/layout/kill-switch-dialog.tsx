"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { killSwitchQuery } from "../../lib/client/kill-switch.ts";
import { setKillSwitch } from "../../lib/contracts/system.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { notifyDone } from "../ui/toaster.tsx";

interface KillSwitchDialogProps {
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
	readonly isEngaged: boolean;
}

const texts = {
	engage: {
		title: "Stop all model traffic?",
		consequence:
			"Every request on every node is refused at once with status 503, until somebody lets traffic flow again. Answers that have begun are finished.",
		confirm: "Stop all traffic",
		done: "All model traffic is stopped",
	},
	release: {
		title: "Let traffic flow again?",
		consequence: "Requests are served again on every node at once.",
		confirm: "Let traffic flow",
		done: "Model traffic flows again",
	},
} as const;

export function KillSwitchDialog({ isOpen, onOpenChange, isEngaged }: KillSwitchDialogProps) {
	const queries = useQueryClient();
	const [reason, setReason] = useState("");
	const [isTouched, setIsTouched] = useState(false);
	const text = isEngaged ? texts.release : texts.engage;
	const change = (next: boolean) => {
		setReason("");
		setIsTouched(false);
		toggle.reset();
		onOpenChange(next);
	};
	const toggle = useMutation({
		mutationFn: () => call(setKillSwitch, { body: { engaged: !isEngaged, reason } }),
		onSuccess: (state) => {
			queries.setQueryData(killSwitchQuery().queryKey, state);
			notifyDone(text.done);
			change(false);
		},
	});
	const isValid = reason.trim().length >= 3;
	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={change}
			title={text.title}
			description={text.consequence}
			footer={
				<>
					<Button onClick={() => change(false)}>Cancel</Button>
					<Button
						form="kill-switch"
						type="submit"
						variant={isEngaged ? "primary" : "danger"}
						isBusy={toggle.isPending}
						disabled={!isValid}
					>
						{text.confirm}
					</Button>
				</>
			}
		>
			<form
				id="kill-switch"
				className="flex flex-col gap-4"
				onSubmit={(event) => {
					event.preventDefault();
					if (isValid) toggle.mutate();
				}}
			>
				<Field
					label="Reason"
					help="Everybody sees it together with your name."
					isRequired
					error={isTouched && !isValid ? "Say why in a few words." : undefined}
				>
					{(control) => (
						<Textarea
							{...control}
							rows={2}
							maxLength={500}
							value={reason}
							onBlur={() => setIsTouched(true)}
							onChange={(event) => setReason(event.target.value)}
						/>
					)}
				</Field>
				{toggle.error !== null && <ErrorNote error={toggle.error} />}
			</form>
		</Dialog>
	);
}
