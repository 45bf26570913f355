"use client";

import { ExternalLink } from "lucide-react";
import type { FormEvent } from "react";
import { SchemaForm } from "../forms/schema-form.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { ModelsSection } from "./models-section.tsx";
import type { ProviderFormState } from "./use-provider-form.ts";

interface ProviderFormProps {
	readonly id: string;
	readonly form: ProviderFormState;
	readonly mayEditSettings: boolean;
	readonly mayEditModels: boolean;
	readonly onSubmit: () => void;
}

export function ProviderForm(props: ProviderFormProps) {
	const { id, form, mayEditSettings, mayEditModels, onSubmit } = props;
	const { kind, draft, change } = form;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSubmit();
	};
	return (
		<form id={id} noValidate className="flex flex-col gap-6" onSubmit={submit}>
			<Naming form={form} isReadOnly={!mayEditSettings} />
			<section className="flex flex-col gap-4">
				<div className="flex flex-wrap items-center justify-between gap-2">
					<h3 className="font-semibold text-ink">Connection</h3>
					{kind.credentialsUrl !== null && mayEditSettings && (
						<a
							href={kind.credentialsUrl}
							target="_blank"
							rel="noreferrer"
							className="inline-flex items-center gap-1.5 text-accent-ink text-sm underline underline-offset-4"
						>
							Where to get a key
							<ExternalLink aria-hidden="true" className="size-3.5" />
						</a>
					)}
				</div>
				<SchemaForm form={form.settings} isReadOnly={!mayEditSettings} />
			</section>
			<ModelsSection
				id={form.isNew ? undefined : draft.id}
				kind={kind.id}
				settings={() => form.settings.value}
				suggested={kind.suggestedModels}
				unpriced={form.unpriced}
				models={draft.models}
				onChange={(models) => change({ models })}
				onRefused={form.settings.setServerError}
				isReadOnly={!mayEditModels}
				error={form.issueOf("models")}
			/>
			<Checkbox
				label="Enabled"
				help="Gets requests. Switched off it keeps its settings, and its models vanish from the list."
				disabled={!mayEditModels}
				isChecked={draft.isEnabled}
				onChange={(isEnabled) => change({ isEnabled })}
			/>
			{form.error !== null && <ErrorNote error={form.error} />}
		</form>
	);
}

interface NamingProps {
	readonly form: ProviderFormState;
	readonly isReadOnly: boolean;
}

function Naming({ form, isReadOnly }: NamingProps) {
	const { draft, change, issueOf } = form;
	return (
		<div className="grid gap-5 sm:grid-cols-2">
			<Field
				label="Title"
				help="How people see it in the console."
				error={issueOf("title")}
				isRequired
			>
				{(control) => (
					<Input
						{...control}
						autoComplete="off"
						maxLength={80}
						disabled={isReadOnly}
						value={draft.title}
						onBlur={() => form.touch("title")}
						onChange={(event) => change({ title: event.target.value })}
					/>
				)}
			</Field>
			<Field
				label="Name"
				help={
					form.isNew
						? `Callers write ${draft.id === "" ? "name" : draft.id}/model. It cannot be changed later.`
						: `Callers write ${draft.id}/model.`
				}
				error={issueOf("id")}
				isRequired={form.isNew}
			>
				{(control) => (
					<Input
						{...control}
						autoComplete="off"
						spellCheck={false}
						maxLength={40}
						className="font-mono text-sm"
						disabled={!form.isNew}
						value={draft.id}
						onBlur={() => form.touch("id")}
						onChange={(event) => change({ id: event.target.value.toLowerCase() })}
					/>
				)}
			</Field>
		</div>
	);
}
