"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { archiveBudget } from "../../lib/contracts/budgets.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { amountInWords, unitWords, whose } from "./budget-words.ts";

interface DeleteBudgetDialogProps {
	readonly subject: Budget;
	readonly onClose: () => void;
	readonly onDeleted: () => void;
}

export function DeleteBudgetDialog({ subject, onClose, onDeleted }: DeleteBudgetDialogProps) {
	const queries = useQueryClient();
	const { title, unit, usage } = subject;
	const limited = `${whose(subject)}: ${unitWords[unit].label.toLowerCase()}, ${amountInWords(unit, usage.limit)}`;
	return (
		<ConfirmDialog
			isOpen
			onOpenChange={onClose}
			title={`Delete ${title}?`}
			consequence={`From the next request on nothing is refused because of it any more (${limited}), on every node. It goes to the archive with its history and cannot be put back in force; what was spent stays in the ledger.`}
			confirmLabel="Delete budget"
			onConfirm={async () => {
				await call(archiveBudget, { params: { id: subject.id } });
				await queries.invalidateQueries({ queryKey: ["budgets"] });
				notifyDone("Budget deleted", `${title} limits nothing any more.`);
				onDeleted();
			}}
		/>
	);
}
