"use client";

import { Checkbox } from "../ui/checkbox.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { EntriesEditor } from "./entries-editor.tsx";
import { FallbacksEditor } from "./fallbacks-editor.tsx";
import type { StrategyWords } from "./strategy-field.tsx";
import { StrategyField } from "./strategy-field.tsx";
import type { RouteDraftState } from "./use-route-draft.ts";

interface RouteFormProps {
	/** Ties the drawer's button to the form. */
	readonly id: string;
	readonly form: RouteDraftState;
	readonly strategies: readonly StrategyWords[];
	readonly error: unknown;
	readonly onSubmit: () => void;
}

export function RouteForm({ id, form, strategies, error, onSubmit }: RouteFormProps) {
	const { draft, change } = form;
	return (
		<form
			id={id}
			noValidate
			className="flex flex-col gap-5"
			onSubmit={(event) => {
				event.preventDefault();
				onSubmit();
			}}
		>
			<Naming form={form} />
			<StrategyField form={form} strategies={strategies} />
			<EntriesEditor form={form} />
			<FallbacksEditor form={form} />
			<Retries form={form} />
			<Checkbox
				label="Sticky sessions"
				help="Requests of one session go to one target for as long as it works. The session is named by the request’s metadata or user."
				isChecked={draft.isSticky}
				onChange={(isSticky) => change({ isSticky })}
			/>
			<Checkbox
				label="In use"
				help="Off, the name stands for what it would without this route."
				isChecked={draft.isEnabled}
				onChange={(isEnabled) => change({ isEnabled })}
			/>
			{error !== null && <ErrorNote error={error} />}
		</form>
	);
}

function Naming({ form }: { readonly form: RouteDraftState }) {
	const { draft, change, touch, issueOf } = form;
	return (
		<>
			<Field
				label="Name"
				isRequired
				help="What applications send as model. One * makes it a pattern, such as gpt-*."
				error={issueOf("name")}
			>
				{(control) => (
					<Input
						{...control}
						autoComplete="off"
						spellCheck={false}
						maxLength={200}
						className="font-mono text-sm"
						value={draft.name}
						onBlur={() => touch("name")}
						onChange={(event) => change({ name: event.target.value })}
					/>
				)}
			</Field>
			<Field label="Description" error={issueOf("description")}>
				{(control) => (
					<Input
						{...control}
						autoComplete="off"
						maxLength={500}
						placeholder="What it is for, for colleagues"
						value={draft.description}
						onChange={(event) => change({ description: event.target.value })}
					/>
				)}
			</Field>
		</>
	);
}

function Retries({ form }: { readonly form: RouteDraftState }) {
	const { draft, change, touch, issueOf } = form;
	return (
		<Field
			label="Retries"
			help="Further tries of the same target after passing trouble, before the next one. Empty: as in the settings."
			error={issueOf("retries")}
		>
			{(control) => (
				<Input
					{...control}
					inputMode="numeric"
					placeholder="Default"
					className="max-w-32"
					value={draft.retries}
					onBlur={() => touch("retries")}
					onChange={(event) => change({ retries: event.target.value })}
				/>
			)}
		</Field>
	);
}
