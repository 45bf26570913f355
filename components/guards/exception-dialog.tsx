"use client";

import { useState } from "react";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { sourceWords } from "../../lib/format/threat-words.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import type { ExceptionDraft } from "./exception-draft.ts";
import { exceptionDraft, exceptionProblems, toException } from "./exception-draft.ts";
import type { Exception } from "./guard-control.ts";
import { PickList } from "./pick-list.tsx";
import { guardedEndpoints, sourcesOf } from "./scope-choices.ts";
import type { GuardOptions } from "./use-guard-names.ts";

interface ExceptionDialogProps {
	readonly guard: GuardInfo;
	readonly options: GuardOptions;
	/** Undefined: a new one. */
	readonly exception: Exception | undefined;
	readonly onDone: (exception: Exception) => void;
	readonly onClose: () => void;
}

export function ExceptionDialog(props: ExceptionDialogProps) {
	const { exception, onDone, onClose } = props;
	const [draft, setDraft] = useState(() => exceptionDraft(exception));
	const [isChecked, setIsChecked] = useState(false);
	const problems = exceptionProblems(draft);
	const submit = () => {
		setIsChecked(true);
		if (problems.text !== undefined || problems.all !== undefined) return;
		onDone(toException(draft));
		onClose();
	};
	const isNew = exception === undefined;
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			width="medium"
			title={isNew ? "New exception" : "Exception"}
			description="Everything that is named must fit. It holds once the guard is saved."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="primary" onClick={submit}>
						{isNew ? "Add exception" : "Keep changes"}
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				<Conditions
					{...props}
					draft={draft}
					change={(part) => setDraft((before) => ({ ...before, ...part }))}
					textProblem={isChecked ? problems.text : undefined}
				/>
				{isChecked && problems.all !== undefined && (
					<div role="alert">
						<Notice severity="high">{problems.all}</Notice>
					</div>
				)}
			</div>
		</Dialog>
	);
}

interface ConditionsProps extends Pick<ExceptionDialogProps, "guard" | "options"> {
	readonly draft: ExceptionDraft;
	readonly change: (part: Partial<ExceptionDraft>) => void;
	readonly textProblem: string | undefined;
}

/** Chosen instead of a place or endpoint: it is no condition. */
const any = "any";

function Conditions({ guard, options, draft, change, textProblem }: ConditionsProps) {
	const picked = (value: string) => (value === any ? "" : value);
	const places = [
		{ value: any, label: "Any place" },
		...sourcesOf(guard.phases).map((value) => ({ value, label: sourceWords[value] })),
	];
	const endpoints = [
		{ value: any, label: "Any endpoint" },
		...guardedEndpoints.map((value) => ({ value, label: value })),
	];
	return (
		<>
			<PickField name="rule" label="Rule" words="Any rule" {...{ options, draft, change }} />
			<Field
				label="Found text contains"
				help="Compared without regard to case. It is stored with the settings: no secret belongs here."
				error={textProblem}
			>
				{(control) => (
					<Input
						{...control}
						maxLength={500}
						autoComplete="off"
						spellCheck={false}
						value={draft.text}
						onChange={(event) => change({ text: event.target.value })}
					/>
				)}
			</Field>
			<div className="grid gap-4 sm:grid-cols-2">
				<PickField name="keyId" label="Key" words="Any key" {...{ options, draft, change }} />
				<PickField name="teamId" label="Team" words="Any team" {...{ options, draft, change }} />
				<Field label="Place in the conversation">
					{(control) => (
						<Select
							{...control}
							options={places}
							value={draft.source || any}
							onChange={(value) => change({ source: picked(value) })}
						/>
					)}
				</Field>
				<Field label="Endpoint">
					{(control) => (
						<Select
							{...control}
							options={endpoints}
							value={draft.endpoint || any}
							onChange={(value) => change({ endpoint: picked(value) })}
						/>
					)}
				</Field>
			</div>
			<Field label="Why" help="For whoever finds it in a year.">
				{(control) => (
					<Textarea
						{...control}
						rows={2}
						maxLength={500}
						value={draft.note}
						onChange={(event) => change({ note: event.target.value })}
					/>
				)}
			</Field>
		</>
	);
}

interface PickFieldProps extends Pick<ConditionsProps, "options" | "draft" | "change"> {
	readonly name: "rule" | "keyId" | "teamId";
	readonly label: string;
	readonly words: string;
}

function PickField({ name, label, words, options, draft, change }: PickFieldProps) {
	const lists = { rule: options.rules, keyId: options.keys, teamId: options.teams } as const;
	const value = draft[name];
	return (
		<Field label={label}>
			{(control) => (
				<PickList
					control={control}
					label={label}
					options={lists[name]}
					chosen={value === "" ? [] : [value]}
					onChange={([next = ""]) => change({ [name]: next })}
					emptyWords={words}
					isSingle
				/>
			)}
		</Field>
	);
}
