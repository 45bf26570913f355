"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { raiseBudget } from "../../lib/contracts/budgets.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { amountInWords, moment, unitWords } from "./budget-words.ts";
import type { RaiseDraft, RaiseIssues } from "./raise-draft.ts";
import { newRaise, raiseEnds, readRaise } from "./raise-draft.ts";

interface RaiseDialogProps {
	readonly subject: Budget;
	readonly onClose: () => void;
}

const formId = "raise-form";

/** More for a while; the limit falls back by itself. */
export function RaiseDialog({ subject, onClose }: RaiseDialogProps) {
	const { title, unit, hardLimit, raise } = subject;
	const queries = useQueryClient();
	const now = useNow();
	const [draft, setDraft] = useState(() => newRaise(subject, now));
	const [isTried, setIsTried] = useState(false);
	const read = readRaise(draft, subject, now);
	const send = useMutation({
		mutationFn: (body: { amount: number; until: string }) =>
			call(raiseBudget, { params: { id: subject.id }, body }),
		onSuccess: (budget) => {
			void queries.invalidateQueries({ queryKey: ["budgets"] });
			notifyDone("Limit raised", `${title} may reach ${amountInWords(unit, budget.usage.limit)}.`);
			onClose();
		},
	});
	const submit = () => {
		setIsTried(true);
		if (!read.ok) return;
		send.mutate({ amount: read.amount, until: read.until.toISOString() });
	};
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			width="medium"
			title={`Raise ${title} for a while`}
			description={`The hard limit is ${amountInWords(unit, hardLimit)}.${raise === null ? "" : " This replaces the raise that is in force."}`}
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" form={formId} variant="primary" isBusy={send.isPending}>
						Raise the limit
					</Button>
				</>
			}
		>
			<form
				id={formId}
				noValidate
				className="flex flex-col gap-4"
				onSubmit={(event) => {
					event.preventDefault();
					submit();
				}}
			>
				<RaiseFields
					subject={subject}
					draft={draft}
					issues={isTried && !read.ok ? read.issues : {}}
					onChange={(part) => setDraft((current) => ({ ...current, ...part }))}
				/>
				{read.ok && (
					<p aria-live="polite" className="rounded-md border border-line bg-sunken px-3.5 py-3">
						The limit is {amountInWords(unit, hardLimit + read.amount)} until{" "}
						{moment(read.until, subject.timeZone, now)} ({subject.timeZone}), then{" "}
						{amountInWords(unit, hardLimit)} again.
					</p>
				)}
				{send.error !== null && <ErrorNote error={send.error} />}
			</form>
		</Dialog>
	);
}

interface RaiseFieldsProps {
	readonly subject: Budget;
	readonly draft: RaiseDraft;
	readonly issues: RaiseIssues;
	readonly onChange: (part: Partial<RaiseDraft>) => void;
}

function RaiseFields({ subject, draft, issues, onChange }: RaiseFieldsProps) {
	const { unit } = subject;
	const ends = raiseEnds(subject, useNow());
	return (
		<>
			<Field label="Raise by" isRequired error={issues.amount}>
				{(control) => (
					<Input
						{...control}
						inputMode="decimal"
						autoComplete="off"
						unit={unit === "usd" ? "US$" : unitWords[unit].label.toLowerCase()}
						value={draft.amount}
						onChange={(event) => onChange({ amount: event.target.value })}
					/>
				)}
			</Field>
			<Field label="Until" error={issues.until}>
				{(control) => (
					<div className="flex flex-wrap gap-2">
						<Select
							id={control.id}
							aria-describedby={control["aria-describedby"]}
							options={ends}
							value={draft.end}
							onChange={(end) => onChange({ end })}
							className="min-w-48 flex-1"
						/>
						{draft.end === "day" && (
							<Input
								type="date"
								aria-label="Last day"
								className="min-w-40 flex-1"
								value={draft.day}
								onChange={(event) => onChange({ day: event.target.value })}
							/>
						)}
					</div>
				)}
			</Field>
		</>
	);
}
