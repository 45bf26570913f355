"use client";

import type { SchemaField } from "../../lib/format/schema-fields.ts";
import { FieldInput } from "./field-input.tsx";
import type { SchemaFormState } from "./use-schema-form.ts";

interface SchemaFormProps {
	/** From `useSchemaForm`. */
	readonly form: SchemaFormState;
	/** For people who may look but not change. */
	readonly isReadOnly?: boolean;
}

/** The controls of a form made from a JSON Schema; put it in a `<form>` with a button of your own. */
export function SchemaForm({ form, isReadOnly = false }: SchemaFormProps) {
	return (
		<fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-5">
			<Fields fields={form.fields} form={form} isReadOnly={isReadOnly} />
		</fieldset>
	);
}

interface FieldsProps extends Required<SchemaFormProps> {
	readonly fields: readonly SchemaField[];
}

function Fields({ fields, form, isReadOnly }: FieldsProps) {
	return fields.map((field) =>
		field.kind === "group" ? (
			<fieldset
				key={field.path.join(".")}
				className="min-w-0 border-line border-t pt-4 first:border-t-0 first:pt-0"
			>
				<legend className="float-left mb-3 w-full font-semibold text-ink">
					{field.label}
					{field.help !== undefined && (
						<span className="block font-normal text-muted text-sm">{field.help}</span>
					)}
				</legend>
				<div className="clear-both grid gap-x-6 gap-y-5 md:grid-cols-2">
					<Fields fields={field.fields} form={form} isReadOnly={isReadOnly} />
				</div>
			</fieldset>
		) : (
			<FieldInput key={field.path.join(".")} field={field} form={form} isReadOnly={isReadOnly} />
		),
	);
}
