"use client";

import type { Budget } from "../../lib/contracts/budgets.ts";
import { EditBudgetDrawer } from "./budget-drawer.tsx";
import { DeleteBudgetDialog } from "./delete-budget-dialog.tsx";
import { EndRaiseDialog } from "./end-raise-dialog.tsx";
import { RaiseDialog } from "./raise-dialog.tsx";

/** What a person is doing with a budget beside looking at it. */
export interface BudgetTask {
	readonly kind: "edit" | "raise" | "end-raise" | "delete";
	readonly subject: Budget;
}

interface BudgetDialogsProps {
	readonly task: BudgetTask | undefined;
	readonly onClose: () => void;
	readonly onDeleted?: () => void;
}

export function BudgetDialogs({ task, onClose, onDeleted }: BudgetDialogsProps) {
	if (task === undefined) return undefined;
	const { kind, subject } = task;
	switch (kind) {
		case "edit":
			return <EditBudgetDrawer subject={subject} onClose={onClose} />;
		case "raise":
			return <RaiseDialog subject={subject} onClose={onClose} />;
		case "end-raise":
			return <EndRaiseDialog subject={subject} onClose={onClose} />;
		case "delete":
			return (
				<DeleteBudgetDialog
					subject={subject}
					onClose={onClose}
					onDeleted={onDeleted ?? (() => {})}
				/>
			);
	}
}
