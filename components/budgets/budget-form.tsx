"use client";

import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget, BudgetInput } from "../../lib/contracts/budgets.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import type { BudgetDraft } from "./budget-draft.ts";
import { previewOf } from "./budget-preview.ts";
import { unitWords, whose } from "./budget-words.ts";
import { LimitFields } from "./limit-fields.tsx";
import { ScopeFields } from "./scope-fields.tsx";
import { SoftActionFields } from "./soft-action-fields.tsx";
import type { BudgetDraftState } from "./use-budget-draft.ts";
import { useBudgetDraft } from "./use-budget-draft.ts";
import { useSubjectOptions } from "./use-subject-options.ts";

interface BudgetFormProps {
	/** Ties the drawer's button to the form. */
	readonly id: string;
	readonly initial: BudgetDraft;
	/** The one that is changed; absent for a new one. */
	readonly subject?: Budget;
	readonly error: unknown;
	readonly onSubmit: (input: BudgetInput) => void;
}

export function BudgetForm({ id, initial, subject, error, onSubmit }: BudgetFormProps) {
	const form = useBudgetDraft(initial, error);
	const { draft, change } = form;
	const options = useSubjectOptions(draft.scope);
	const name =
		subject?.subject?.name ??
		options.find(({ value }) => value === draft.subject)?.label ??
		(draft.subject.trim() || undefined);
	const before = subject === undefined ? undefined : initial;
	return (
		<form
			id={id}
			noValidate
			className="flex flex-col gap-5"
			onSubmit={(event) => {
				event.preventDefault();
				const input = form.finish();
				if (input !== undefined) onSubmit(input);
			}}
		>
			<NameField form={form} />
			{subject === undefined ? (
				<ScopeFields form={form} options={options} />
			) : (
				<Fixed subject={subject} />
			)}
			<LimitFields form={form} />
			{draft.unit === "usd" && draft.soft.trim() !== "" && <SoftActionFields form={form} />}
			{subject !== undefined && (
				<Checkbox
					label="In force"
					help="Switched off, it is kept for later and refuses nothing."
					isChecked={draft.isEnabled}
					onChange={(isEnabled) => change({ isEnabled })}
				/>
			)}
			<Preview draft={draft} name={name} before={before} />
			{error !== null && error !== undefined && <ErrorNote error={error} />}
		</form>
	);
}

function NameField({ form }: { readonly form: BudgetDraftState }) {
	const { draft, change, touch, issueOf } = form;
	return (
		<Field
			label="Name"
			isRequired
			help="Callers read it when this budget refuses them."
			error={issueOf("title")}
		>
			{(control) => (
				<Input
					{...control}
					autoComplete="off"
					maxLength={80}
					value={draft.title}
					onBlur={() => touch("title")}
					onChange={(event) => change({ title: event.target.value })}
				/>
			)}
		</Field>
	);
}

function Fixed({ subject }: { readonly subject: Budget }) {
	return (
		<div>
			<p className="text-ink">
				{whose(subject)} · {unitWords[subject.unit].label}
			</p>
			<p className="mt-0.5 text-muted text-sm">
				What a budget counts stays as it is. For something else, delete it and make another one.
			</p>
		</div>
	);
}

interface PreviewProps {
	readonly draft: BudgetDraft;
	readonly name: string | undefined;
	readonly before: BudgetDraft | undefined;
}

function Preview({ draft, name, before }: PreviewProps) {
	const [first, ...others] = previewOf(draft, { name, before, now: useNow() });
	return (
		<section
			aria-label="What this means"
			aria-live="polite"
			className="rounded-md border border-line bg-sunken px-3.5 py-3"
		>
			{first === undefined ? (
				<p className="text-muted">Write a hard limit to read here what this budget will do.</p>
			) : (
				<>
					<p className="font-medium text-ink">{first}</p>
					{others.map((sentence) => (
						<p key={sentence} className="mt-1 text-muted">
							{sentence}
						</p>
					))}
				</>
			)}
		</section>
	);
}
