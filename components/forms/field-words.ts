import { showValue } from "../../lib/format/form-values.ts";
import { formatBytes, formatDuration } from "../../lib/format/numbers.ts";
import type { SchemaField } from "../../lib/format/schema-fields.ts";

/** `warn` → `Warn`, `keep-first` → `Keep first`; names with digits or capitals stay as they are. */
export function optionWords(option: string): string {
	if (!/^[a-z]+(?:[-_ ][a-z]+)*$/.test(option)) return option;
	const words = option.replaceAll(/[-_]/g, " ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a field does when it is left alone: `20,971,520 bytes (20 MiB)`, `Warn`; undefined without a default. */
export function defaultWords(field: SchemaField): string | undefined {
	const { defaultValue } = field;
	if (defaultValue === undefined || defaultValue === null || field.kind === "json")
		return undefined;
	return valueWords(field, defaultValue);
}

function valueWords(field: SchemaField, value: unknown): string {
	if (field.kind === "choice" && typeof value === "string") return optionWords(value);
	if (field.kind === "choices" && Array.isArray(value)) {
		return showValue(value.map((option) => optionWords(String(option))));
	}
	if (field.kind !== "number" || field.unit === undefined) return showValue(value);
	const readable = typeof value === "number" ? readableAmount(value, field.unit) : undefined;
	return `${showValue(value)} ${field.unit}${readable === undefined ? "" : ` (${readable})`}`;
}

/** The amount in a larger unit; undefined where that says nothing new. */
function readableAmount(amount: number, unit: string): string | undefined {
	if (unit === "bytes" && amount >= 1024) return formatBytes(amount);
	if (unit === "ms" && amount >= 1000) return formatDuration(amount);
	return undefined;
}
