import type { SchemaField } from "./schema-fields.ts";

export type FormValue = Readonly<Record<string, unknown>>;

export function valueAt(value: unknown, path: readonly string[]): unknown {
	let current = value;
	for (const key of path) {
		if (!isRecord(current)) return undefined;
		current = current[key];
	}
	return current;
}

/** A copy with one leaf changed; undefined removes it. */
export function withValueAt(value: FormValue, path: readonly string[], next: unknown): FormValue {
	const [key, ...rest] = path;
	if (key === undefined) return value;
	if (rest.length > 0) {
		const child = value[key];
		return { ...value, [key]: withValueAt(isRecord(child) ? child : {}, rest, next) };
	}
	if (next !== undefined) return { ...value, [key]: next };
	const { [key]: _, ...others } = value;
	return others;
}

export function leavesOf(fields: readonly SchemaField[]): readonly SchemaField[] {
	return fields.flatMap((field) => (field.kind === "group" ? leavesOf(field.fields) : [field]));
}

/** What is wrong with a field, in a sentence that says what to do; undefined when nothing is. */
export function fieldProblem(field: SchemaField, value: unknown): string | undefined {
	if (isAbsent(value)) return field.isRequired ? "This is needed." : undefined;
	switch (field.kind) {
		case "text":
		case "secret":
		case "textarea":
			return textProblem(field, String(value));
		case "number":
			return numberProblem(field, value);
		case "choice":
			return field.options.includes(String(value)) ? undefined : "Choose one of the options.";
		case "choices":
		case "list":
			return Array.isArray(value) ? undefined : "This must be a list.";
		case "json":
			return value instanceof UnreadableJson ? "This is not valid JSON." : undefined;
		case "toggle":
		case "group":
			return undefined;
	}
}

/** Text in a JSON field that cannot be read yet; kept so that a person can mend it. */
export class UnreadableJson {
	readonly text: string;
	constructor(text: string) {
		this.text = text;
	}
}

export interface FormChange {
	readonly path: readonly string[];
	readonly label: string;
	readonly before: string;
	readonly after: string;
}

/** What saving would change, for the confirmation. Secrets are named, never shown. */
export function formChanges(
	fields: readonly SchemaField[],
	before: FormValue,
	after: FormValue,
): readonly FormChange[] {
	return leavesOf(fields).flatMap((field) => {
		const [old, next] = [valueAt(before, field.path), valueAt(after, field.path)];
		if (JSON.stringify(old) === JSON.stringify(next)) return [];
		const isSecret = field.kind === "secret";
		return [
			{
				path: field.path,
				label: field.label,
				before: isSecret ? "stored" : showValue(old),
				after: isSecret ? "a new value" : showValue(next),
			},
		];
	});
}

export function showValue(value: unknown): string {
	if (isAbsent(value)) return "nothing";
	if (typeof value === "boolean") return value ? "on" : "off";
	if (typeof value === "number") return value.toLocaleString("en-US");
	if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(String).join(", ");
	return typeof value === "string" ? value : JSON.stringify(value);
}

function textProblem(
	field: Extract<SchemaField, { kind: "text" | "secret" | "textarea" }>,
	text: string,
): string | undefined {
	if (text.length < field.lengthMin) return `Use at least ${field.lengthMin} characters.`;
	if (text.length > field.lengthMax) return `Use at most ${field.lengthMax} characters.`;
	if (field.format === "uri" && !URL.canParse(text)) return "Write a whole address, with https://.";
	if (field.pattern !== undefined && !matches(field.pattern, text)) {
		return "This has a character or a form that is not allowed here.";
	}
	return undefined;
}

function numberProblem(
	field: Extract<SchemaField, { kind: "number" }>,
	value: unknown,
): string | undefined {
	const { min, max, isInteger } = field;
	if (typeof value !== "number" || !Number.isFinite(value)) return "This must be a number.";
	if (isInteger && !Number.isInteger(value)) return "This must be a whole number.";
	if (min !== undefined && value < min) return `The least is ${min.toLocaleString("en-US")}.`;
	if (max !== undefined && value > max) return `The most is ${max.toLocaleString("en-US")}.`;
	return undefined;
}

function matches(pattern: string, text: string): boolean {
	try {
		return new RegExp(pattern, "u").test(text);
	} catch {
		return true;
	}
}

function isAbsent(value: unknown): boolean {
	return value === undefined || value === null || value === "";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
