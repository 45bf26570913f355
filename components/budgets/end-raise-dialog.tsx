"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { raiseBudget } from "../../lib/contracts/budgets.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { amountInWords, countedWord } from "./budget-words.ts";

interface EndRaiseDialogProps {
	readonly subject: Budget;
	readonly onClose: () => void;
}

export function EndRaiseDialog({ subject, onClose }: EndRaiseDialogProps) {
	const queries = useQueryClient();
	const { title, unit, usage, hardLimit } = subject;
	const isBeyond = usage.spent >= hardLimit;
	return (
		<ConfirmDialog
			isOpen
			onOpenChange={onClose}
			title={`End the raise of ${title}?`}
			consequence={`The limit is ${amountInWords(unit, hardLimit)} again at once. ${
				isBeyond
					? `${amountInWords(unit, usage.spent)} are ${countedWord(unit)} already, so requests will be refused.`
					: "It can be raised anew at any time."
			}`}
			confirmLabel="End the raise"
			isDangerous={isBeyond}
			onConfirm={async () => {
				await call(raiseBudget, {
					params: { id: subject.id },
					body: { amount: 0, until: new Date().toISOString() },
				});
				await queries.invalidateQueries({ queryKey: ["budgets"] });
				notifyDone(
					"Raise ended",
					`${title} is limited to ${amountInWords(unit, hardLimit)} again.`,
				);
			}}
		/>
	);
}
