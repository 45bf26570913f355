"use client";

import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { KeysSheet } from "./keys-sheet.tsx";
import { SuspectDialog } from "./suspect-dialog.tsx";
import type { Triage } from "./use-triage.ts";

type TriageDialogsProps = Pick<Triage, "incident" | "work" | "dialog" | "setDialog">;

export function TriageDialogs({ incident, work, dialog, setDialog }: TriageDialogsProps) {
	const close = () => setDialog(undefined);
	return (
		<>
			{incident !== undefined && (dialog === "ban" || dialog === "allow") && (
				<SuspectDialog
					key={`${dialog} ${incident.id}`}
					action={dialog}
					incident={incident}
					work={work}
					onClose={close}
				/>
			)}
			{incident !== undefined && (
				<ConfirmDialog
					isOpen={dialog === "falseAlarm"}
					onOpenChange={(isOpen) => !isOpen && close()}
					title={`Mark incident #${incident.number} as a false alarm?`}
					consequence={`Each of its rules gets a mark (${incident.rules.join(", ")}), and the incident is closed. It can be opened again.`}
					confirmLabel="Mark as false alarm"
					isDangerous={false}
					onConfirm={() => work.mutateAsync({ kind: "false-alarm" })}
				/>
			)}
			<KeysSheet isOpen={dialog === "help"} onOpenChange={(isOpen) => !isOpen && close()} />
		</>
	);
}
