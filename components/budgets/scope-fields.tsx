"use client";

import type { QuotaScope } from "../../proxy-core/contract/quota.ts";
import { quotaScopes, quotaUnits } from "../../proxy-core/contract/quota.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import type { PickerOption } from "../ui/picker.tsx";
import { SearchPicker } from "../ui/search-picker.tsx";
import { Select } from "../ui/select.tsx";
import { scopeWords, unitWords } from "./budget-words.ts";
import type { BudgetDraftState } from "./use-budget-draft.ts";

interface ScopeFieldsProps {
	readonly form: BudgetDraftState;
	readonly options: readonly PickerOption[];
}

/** What is counted, and whose use of it. */
export function ScopeFields({ form, options }: ScopeFieldsProps) {
	const { draft, change } = form;
	return (
		<>
			<div className="grid gap-5 sm:grid-cols-2">
				<Field label="For">
					{(control) => (
						<Select
							id={control.id}
							options={quotaScopes.map((scope) => ({
								value: scope,
								label: scopeWords[scope].label,
							}))}
							value={draft.scope}
							onChange={(scope) => change({ scope })}
						/>
					)}
				</Field>
				<Field label="Limits">
					{(control) => (
						<Select
							id={control.id}
							options={quotaUnits.map((unit) => ({ value: unit, ...unitWords[unit] }))}
							value={draft.unit}
							onChange={(unit) => change({ unit })}
						/>
					)}
				</Field>
			</div>
			{draft.scope !== "organisation" && <SubjectFields form={form} options={options} />}
		</>
	);
}

function SubjectFields({ form, options }: ScopeFieldsProps) {
	const { draft, change } = form;
	const { scope, isEach } = draft;
	return (
		<div className="grid gap-5 sm:grid-cols-2">
			{scope !== "tag" && (
				<Field
					label="Counted"
					{...(isEach ? { help: "Each has the whole amount; one cannot use up another’s." } : {})}
				>
					{(control) => (
						<Select
							id={control.id}
							aria-describedby={control["aria-describedby"]}
							options={[
								{ value: "one", label: `For one of the ${scopeWords[scope].plural}` },
								{ value: "each", label: `For ${scopeWords[scope].each.toLowerCase()} separately` },
							]}
							value={isEach ? "each" : "one"}
							onChange={(next) => change({ isEach: next === "each" })}
						/>
					)}
				</Field>
			)}
			{!isEach && <SubjectField form={form} options={options} />}
		</div>
	);
}

const subjectWords: Readonly<
	Record<
		Exclude<QuotaScope, "organisation">,
		{ readonly label: string; readonly placeholder: string; readonly help?: string }
	>
> = {
	team: { label: "Team", placeholder: "Choose a team" },
	user: { label: "Person", placeholder: "Choose a person" },
	key: { label: "Key", placeholder: "Choose a key" },
	model: { label: "Model", placeholder: "Choose a model or route" },
	tag: {
		label: "Tag",
		placeholder: "project-atlas",
		help: "As callers send it in x-llmproxy-tags or in metadata.",
	},
	ip: { label: "Address", placeholder: "192.0.2.7" },
};

function SubjectField({ form, options }: ScopeFieldsProps) {
	const { draft, change, touch, issueOf } = form;
	const { scope, subject } = draft;
	if (scope === "organisation") return undefined;
	const { label, placeholder, help } = subjectWords[scope];
	const isTyped = scope === "tag" || scope === "ip";
	return (
		<Field
			label={label}
			isRequired
			error={issueOf("subject")}
			{...(help === undefined ? {} : { help })}
		>
			{(control) =>
				isTyped ? (
					<Input
						{...control}
						autoComplete="off"
						maxLength={200}
						placeholder={placeholder}
						value={subject}
						onBlur={() => touch("subject")}
						onChange={(event) => change({ subject: event.target.value })}
					/>
				) : (
					<SearchPicker
						control={control}
						label={label}
						options={options}
						value={subject}
						placeholder={placeholder}
						takesTyped={scope === "model"}
						onPick={(next) => {
							change({ subject: next });
							touch("subject");
						}}
					/>
				)
			}
		</Field>
	);
}
