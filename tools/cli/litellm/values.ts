import type { Fields } from "./config-file.ts";
import { isFields } from "./config-file.ts";

/** A text that is there and not empty; numbers and days count, as YAML reads them without quotes. */
export function textOf(value: unknown): string | undefined {
	if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
	if (typeof value === "number") return String(value);
	return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Python takes `"30"` where it needs a number, and so do we. */
export function numberOf(value: unknown): number | undefined {
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

export function fieldsOf(value: unknown): Fields {
	return isFields(value) ? value : {};
}

export function textsOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.flatMap((item) => textOf(item) ?? []) : [];
}

/** Seconds as whole milliseconds between the bounds. Undefined: no positive number. */
export function millisecondsOf(
	value: unknown,
	{ min, max }: { readonly min: number; readonly max: number },
): number | undefined {
	const seconds = numberOf(value);
	if (seconds === undefined || seconds <= 0) return undefined;
	return Math.min(max, Math.max(min, Math.round(seconds * 1000)));
}

/** Dollars as whole micro-dollars. Undefined: not a number from 0 on. */
export function microUsdOf(value: unknown): number | undefined {
	const dollars = numberOf(value);
	return dollars === undefined || dollars < 0 ? undefined : Math.round(dollars * 1_000_000);
}
