"use client";

import { useMemo, useState } from "react";
import type { FieldIssue } from "../../lib/client/problem.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { FormChange, FormValue } from "../../lib/format/form-values.ts";
import {
	fieldProblem,
	formChanges,
	leavesOf,
	valueAt,
	withValueAt,
} from "../../lib/format/form-values.ts";
import type { SchemaField } from "../../lib/format/schema-fields.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";

export interface SchemaFormOptions {
	/** JSON Schema of an object. */
	readonly schema: unknown;
	/** What is stored now, without secrets. */
	readonly initial: FormValue;
	/** Names of secret fields that have a value on the server; those may stay empty. */
	readonly secretsSet?: readonly string[];
	/** Where the value lies in the request's body, so that the server's issues find their fields: `value`. */
	readonly issuePrefix?: string;
}

export interface SchemaFormState {
	readonly fields: readonly SchemaField[];
	readonly value: FormValue;
	readonly secretsSet: readonly string[];
	readonly isDirty: boolean;
	readonly changes: readonly FormChange[];
	readonly set: (field: SchemaField, next: unknown) => void;
	readonly touch: (field: SchemaField) => void;
	/** What to show below a field. */
	readonly problemOf: (field: SchemaField) => string | undefined;
	/** Shows every problem; true when there is none. Call it before sending. */
	readonly check: () => boolean;
	/** Hands the server's refusal to the fields it names; null forgets it. */
	readonly setServerError: (error: unknown) => void;
	readonly reset: (value?: FormValue) => void;
}

export function useSchemaForm(options: SchemaFormOptions): SchemaFormState {
	const { schema, secretsSet = [], issuePrefix } = options;
	const fields = useMemo(() => schemaFields(schema), [schema]);
	const [initial, setInitial] = useState(options.initial);
	const [value, setValue] = useState(options.initial);
	const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
	const [serverIssues, setServerIssues] = useState<readonly FieldIssue[]>([]);
	const changes = useMemo(() => formChanges(fields, initial, value), [fields, initial, value]);

	const ownProblem = (field: SchemaField) => {
		const isKept = field.kind === "secret" && secretsSet.includes(field.path.join("."));
		const current = valueAt(value, field.path);
		return isKept && (current === undefined || current === "")
			? undefined
			: fieldProblem(field, current);
	};
	const nameOf = (field: SchemaField) => field.path.join(".");
	const serverProblem = (field: SchemaField) => {
		const name = nameOf(field);
		const names = issuePrefix === undefined ? [name] : [`${issuePrefix}.${name}`, name];
		return serverIssues.find(
			(issue) =>
				names.includes(issue.path) || names.some((one) => issue.path.startsWith(`${one}.`)),
		)?.message;
	};

	return {
		fields,
		value,
		secretsSet,
		isDirty: changes.length > 0,
		changes,
		set: (field, next) => {
			setValue((current) => withValueAt(current, field.path, next));
			setServerIssues((issues) => issues.filter((issue) => !issue.path.endsWith(nameOf(field))));
		},
		touch: (field) => setTouched((current) => new Set([...current, nameOf(field)])),
		problemOf: (field) =>
			serverProblem(field) ?? (touched.has(nameOf(field)) ? ownProblem(field) : undefined),
		check: () => {
			const leaves = leavesOf(fields);
			setTouched(new Set(leaves.map(nameOf)));
			return leaves.every((field) => ownProblem(field) === undefined);
		},
		setServerError: (error) => setServerIssues(error instanceof ClientProblem ? error.issues : []),
		reset: (next = initial) => {
			setInitial(next);
			setValue(next);
			setTouched(new Set());
			setServerIssues([]);
		},
	};
}
