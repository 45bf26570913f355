"use client";

import { UnreadableJson, valueAt } from "../../lib/format/form-values.ts";
import type { SchemaField } from "../../lib/format/schema-fields.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import type { FieldControl } from "../ui/field.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { defaultWords, optionWords } from "./field-words.ts";
import { ListInput } from "./list-input.tsx";
import type { SchemaFormState } from "./use-schema-form.ts";

type LeafField = Exclude<SchemaField, { kind: "group" }>;

interface FieldInputProps {
	readonly field: LeafField;
	readonly form: SchemaFormState;
	readonly isReadOnly: boolean;
}

/** One field with its label, help, default and problem. */
export function FieldInput({ field, form, isReadOnly }: FieldInputProps) {
	if (field.kind === "toggle") {
		return (
			<Checkbox
				label={field.label}
				help={helpOf(field)}
				isChecked={(valueAt(form.value, field.path) ?? field.defaultValue) === true}
				onChange={(next) => form.set(field, next)}
				disabled={isReadOnly}
			/>
		);
	}
	return (
		<Field
			label={field.label}
			help={helpOf(field)}
			error={form.problemOf(field)}
			isRequired={field.isRequired}
		>
			{(control) => <Control field={field} form={form} isReadOnly={isReadOnly} control={control} />}
		</Field>
	);
}

interface ControlProps extends FieldInputProps {
	readonly control: FieldControl;
}

function Control({ field, form, isReadOnly, control }: ControlProps) {
	const value = valueAt(form.value, field.path);
	const empty = field.isNullable ? null : undefined;
	const set = (next: unknown) => form.set(field, next === "" ? empty : next);
	const onBlur = () => form.touch(field);
	switch (field.kind) {
		case "number":
			return (
				<NumberInput field={field} value={value} set={set} control={control} onBlur={onBlur} />
			);
		case "choice":
			return (
				<Select
					{...control}
					options={field.options.map((option) => ({ value: option, label: optionWords(option) }))}
					value={typeof value === "string" ? value : textOf(field.defaultValue)}
					onChange={set}
					placeholder="Choose one"
					disabled={isReadOnly}
				/>
			);
		case "choices":
			return <Choices field={field} value={value} set={set} isReadOnly={isReadOnly} />;
		case "list":
			return (
				<ListInput
					control={control}
					label={field.label}
					items={Array.isArray(value) ? value.map(String) : []}
					onChange={set}
					isReadOnly={isReadOnly}
				/>
			);
		case "json":
			return <JsonInput control={control} value={value} set={set} onBlur={onBlur} />;
		case "textarea":
			return (
				<Textarea
					{...control}
					value={textOf(value)}
					placeholder={placeholderOf(field)}
					onChange={(event) => set(event.target.value)}
					onBlur={onBlur}
				/>
			);
		case "secret":
			return <SecretInput field={field} form={form} control={control} onBlur={onBlur} />;
		case "text":
			return (
				<Input
					{...control}
					autoComplete="off"
					spellCheck={false}
					value={textOf(value)}
					placeholder={placeholderOf(field)}
					onChange={(event) => set(event.target.value)}
					onBlur={onBlur}
				/>
			);
		case "toggle":
			return null;
	}
}

interface NumberInputProps {
	readonly field: Extract<SchemaField, { kind: "number" }>;
	readonly value: unknown;
	readonly set: (next: unknown) => void;
	readonly control: FieldControl;
	readonly onBlur: () => void;
}

function NumberInput({ field, value, set, control, onBlur }: NumberInputProps) {
	return (
		<Input
			{...control}
			type="number"
			inputMode={field.isInteger ? "numeric" : "decimal"}
			min={field.min}
			max={field.max}
			step={field.step ?? (field.isInteger ? 1 : "any")}
			unit={field.unit}
			value={typeof value === "number" ? value : ""}
			placeholder={placeholderOf(field)}
			onChange={(event) => set(event.target.value === "" ? "" : event.target.valueAsNumber)}
			onBlur={onBlur}
		/>
	);
}

interface SecretInputProps {
	readonly field: LeafField;
	readonly form: SchemaFormState;
	readonly control: FieldControl;
	readonly onBlur: () => void;
}

function SecretInput({ field, form, control, onBlur }: SecretInputProps) {
	const isStored = form.secretsSet.includes(field.path.join("."));
	return (
		<Input
			{...control}
			type="password"
			// Password managers take any other word for a sign-in.
			autoComplete="new-password"
			spellCheck={false}
			value={textOf(valueAt(form.value, field.path))}
			placeholder={isStored ? "Stored; leave empty to keep" : undefined}
			// An emptied secret means "keep", never "erase".
			onChange={(event) => form.set(field, event.target.value || undefined)}
			onBlur={onBlur}
		/>
	);
}

interface ChoicesProps {
	readonly field: Extract<SchemaField, { kind: "choices" }>;
	readonly value: unknown;
	readonly set: (next: readonly string[]) => void;
	readonly isReadOnly: boolean;
}

function Choices({ field, value, set, isReadOnly }: ChoicesProps) {
	const chosen = Array.isArray(value) ? value.map(String) : [];
	return (
		<div className="flex flex-wrap gap-x-5 gap-y-2 py-1">
			{field.options.map((option) => (
				<Checkbox
					key={option}
					label={optionWords(option)}
					isChecked={chosen.includes(option)}
					onChange={(isChecked) =>
						set(field.options.filter((one) => (one === option ? isChecked : chosen.includes(one))))
					}
					disabled={isReadOnly}
				/>
			))}
		</div>
	);
}

interface JsonInputProps {
	readonly control: FieldControl;
	readonly value: unknown;
	readonly set: (next: unknown) => void;
	readonly onBlur: () => void;
}

function JsonInput({ control, value, set, onBlur }: JsonInputProps) {
	const text =
		value instanceof UnreadableJson
			? value.text
			: value === undefined
				? ""
				: JSON.stringify(value, null, 2);
	return (
		<Textarea
			{...control}
			className="font-mono text-sm"
			spellCheck={false}
			defaultValue={text}
			onChange={(event) => set(readJson(event.target.value))}
			onBlur={onBlur}
		/>
	);
}

function readJson(text: string): unknown {
	if (text.trim() === "") return "";
	try {
		return JSON.parse(text);
	} catch {
		return new UnreadableJson(text);
	}
}

function helpOf(field: LeafField): string | undefined {
	const words = defaultWords(field);
	if (words === undefined) return field.help;
	const standard = `Default: ${words}.`;
	return field.help === undefined ? standard : `${field.help} ${standard}`;
}

function placeholderOf(field: LeafField): string | undefined {
	const { defaultValue } = field;
	return defaultValue === undefined || defaultValue === null ? undefined : String(defaultValue);
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}
