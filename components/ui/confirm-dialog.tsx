"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ErrorNote } from "./error-note.tsx";

interface ConfirmDialogProps {
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
	/** A question: "Revoke the key CI runner?" */
	readonly title: string;
	/** What will happen, and whether it can be undone. */
	readonly consequence: ReactNode;
	/** The verb: "Revoke key". */
	readonly confirmLabel: string;
	readonly isDangerous?: boolean;
	/** The dialog stays open and shows the error when this rejects. */
	readonly onConfirm: () => Promise<unknown>;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
	const { isOpen, onOpenChange, title, consequence, confirmLabel, isDangerous = true } = props;
	const [isBusy, setIsBusy] = useState(false);
	const [error, setError] = useState<unknown>(undefined);
	const change = (next: boolean) => {
		setError(undefined);
		onOpenChange(next);
	};
	const confirm = async () => {
		setIsBusy(true);
		setError(undefined);
		try {
			await props.onConfirm();
			onOpenChange(false);
		} catch (problem) {
			setError(problem);
		} finally {
			setIsBusy(false);
		}
	};
	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={change}
			title={title}
			description={consequence}
			footer={
				<>
					<Button onClick={() => change(false)}>Cancel</Button>
					<Button
						variant={isDangerous ? "danger" : "primary"}
						isBusy={isBusy}
						onClick={() => void confirm()}
					>
						{confirmLabel}
					</Button>
				</>
			}
		>
			{error === undefined ? undefined : <ErrorNote error={error} />}
		</Dialog>
	);
}
