"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { Budget, BudgetInput } from "../../lib/contracts/budgets.ts";
import { createBudget, updateBudget } from "../../lib/contracts/budgets.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { draftOf, newDraft } from "./budget-draft.ts";
import { BudgetForm } from "./budget-form.tsx";

const formId = "budget-form";

interface CreateBudgetDrawerProps {
	readonly onClose: () => void;
	readonly onCreated: (budget: Budget) => void;
}

export function CreateBudgetDrawer({ onClose, onCreated }: CreateBudgetDrawerProps) {
	const queries = useQueryClient();
	const [initial] = useState(() => newDraft(Intl.DateTimeFormat().resolvedOptions().timeZone));
	const create = useMutation({
		mutationFn: (body: BudgetInput) => call(createBudget, { body }),
		onSuccess: (budget) => {
			void queries.invalidateQueries({ queryKey: ["budgets"] });
			notifyDone("Budget created", `${budget.title} is in force on every node.`);
			onCreated(budget);
		},
	});
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="New budget"
			description="Who may use how much, and what happens when it is gone."
			footer={<Buttons onClose={onClose} label="Create budget" isBusy={create.isPending} />}
		>
			<BudgetForm
				id={formId}
				initial={initial}
				error={create.error}
				onSubmit={(input) => create.mutate(input)}
			/>
		</Drawer>
	);
}

interface EditBudgetDrawerProps {
	readonly subject: Budget;
	readonly onClose: () => void;
}

export function EditBudgetDrawer({ subject, onClose }: EditBudgetDrawerProps) {
	const queries = useQueryClient();
	const [initial] = useState(() => draftOf(subject));
	const update = useMutation({
		mutationFn: (body: BudgetInput) => call(updateBudget, { params: { id: subject.id }, body }),
		onSuccess: (budget) => {
			void queries.invalidateQueries({ queryKey: ["budgets"] });
			notifyDone("Budget saved", `${budget.title} holds as it is now, on every node.`);
			onClose();
		},
	});
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={`Edit ${subject.title}`}
			footer={<Buttons onClose={onClose} label="Save" isBusy={update.isPending} />}
		>
			<BudgetForm
				id={formId}
				initial={initial}
				subject={subject}
				error={update.error}
				onSubmit={(input) => update.mutate(input)}
			/>
		</Drawer>
	);
}

interface ButtonsProps {
	readonly onClose: () => void;
	readonly label: string;
	readonly isBusy: boolean;
}

function Buttons({ onClose, label, isBusy }: ButtonsProps) {
	return (
		<>
			<Button onClick={onClose}>Cancel</Button>
			<Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
				{label}
			</Button>
		</>
	);
}
