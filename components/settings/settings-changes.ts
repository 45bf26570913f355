import type { FormChange } from "../../lib/format/form-values.ts";
import { leavesOf } from "../../lib/format/form-values.ts";
import type { SchemaField } from "../../lib/format/schema-fields.ts";
import { defaultWords, optionWords } from "../forms/field-words.ts";

export interface SettingsChange {
	readonly path: readonly string[];
	/** Where the field stands: `Limits`. Empty at the top level. */
	readonly group: string;
	readonly label: string;
	/** With units; the default is named where a field was or becomes empty. */
	readonly before: string;
	readonly after: string;
}

interface Form {
	readonly fields: readonly SchemaField[];
	readonly changes: readonly FormChange[];
}

/** The changes of a form as sentences for the review before saving. */
export function describeChanges({ fields, changes }: Form): readonly SettingsChange[] {
	return changes.map(({ path, label, before, after }) => {
		const field = fieldAt(fields, path);
		return {
			path,
			group: groupsOf(fields, path).join(" › "),
			label,
			before: withUnit(field, before),
			after: withUnit(field, after),
		};
	});
}

export function fieldAt(
	fields: readonly SchemaField[],
	path: readonly string[],
): SchemaField | undefined {
	const name = path.join(".");
	return leavesOf(fields).find((field) => field.path.join(".") === name);
}

function groupsOf(fields: readonly SchemaField[], path: readonly string[]): readonly string[] {
	const group = fields.find((field) => field.kind === "group" && isBelow(field.path, path));
	if (group?.kind !== "group") return [];
	return [group.label, ...groupsOf(group.fields, path)];
}

function isBelow(group: readonly string[], path: readonly string[]): boolean {
	return group.length < path.length && group.every((key, index) => path[index] === key);
}

function withUnit(field: SchemaField | undefined, value: string): string {
	const unit = field?.kind === "number" && field.unit !== undefined ? ` ${field.unit}` : "";
	if (value !== "nothing") {
		return field?.kind === "choice" ? optionWords(value) : `${value}${unit}`;
	}
	const standard = field === undefined ? undefined : defaultWords(field);
	return standard === undefined ? "nothing" : `the default, ${standard}`;
}
