"use client";

import { valueAt } from "../../lib/format/form-values.ts";
import type { SchemaField } from "../../lib/format/schema-fields.ts";
import { SchemaForm } from "../forms/schema-form.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import type { GuardPartProps } from "./guard-part.ts";
import { modeOptions, modeWords } from "./guard-words.ts";
import { PickList } from "./pick-list.tsx";

type Choices = Extract<SchemaField, { kind: "choices" }>;

/** So many boxes to tick are no form any more; longer lists are searched. */
const boxesMax = 24;

/** Mode, the guard's own fields, and what happens when it fails. */
export function SettingsTab({ draft, options, isReadOnly }: GuardPartProps) {
	const { control, form, set } = draft;
	const isLong = (field: SchemaField): field is Choices =>
		field.kind === "choices" && field.options.length > boxesMax;
	const long = form.fields.filter(isLong);
	const short = { ...form, fields: form.fields.filter((field) => !isLong(field)) };
	return (
		<Panel
			className="max-w-3xl"
			aria-label="Settings"
			// Without a field that takes the focus the panel could not be scrolled by keyboard.
			{...(isReadOnly ? { tabIndex: 0 } : {})}
		>
			<div className="flex flex-col gap-5">
				<Field label="Mode" help={modeWords[control.mode].hint}>
					{(labelled) => (
						<Select
							{...labelled}
							disabled={isReadOnly}
							options={modeOptions}
							value={control.mode}
							onChange={(mode) => set({ mode })}
						/>
					)}
				</Field>
				{long.map((field) => (
					<Field
						key={field.path.join(".")}
						label={field.label}
						help={field.help}
						error={form.problemOf(field)}
					>
						{(labelled) => (
							<PickList
								control={labelled}
								label={field.label}
								options={field.options.map((value) => {
									const label = options.names.rule(value);
									return { value, label, hint: label === value ? "" : value };
								})}
								chosen={textsAt(form.value, field)}
								onChange={(chosen) => form.set(field, chosen)}
								emptyWords="None"
								isReadOnly={isReadOnly}
							/>
						)}
					</Field>
				))}
				<SchemaForm form={short} isReadOnly={isReadOnly} />
			</div>
		</Panel>
	);
}

function textsAt(value: GuardPartProps["draft"]["form"]["value"], field: Choices): string[] {
	const chosen = valueAt(value, field.path);
	return Array.isArray(chosen) ? chosen.map(String) : [];
}
