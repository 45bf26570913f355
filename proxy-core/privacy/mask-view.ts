import { applyEdits } from "../guards/run-guards.ts";
import { QUOTE, skipValue, stringEnd } from "../text/json-scan.ts";
import type { Span } from "./mask-spans.ts";
import { firstEndingAfter } from "./mask-spans.ts";

export interface ViewEdit extends Span {
	readonly replacement: string;
}

/**
 * A text as people would read it. Of JSON inside a string (arguments of tools, most of what they give
 * back) that is the JSON with its escapes resolved: `\nJos\u00e9` hides a name from anybody who reads
 * it letter by letter. Writing gives valid JSON again, and leaves every untouched value as it was.
 */
export interface TextView {
	readonly text: string;
	/** The parts of a span that can be replaced: all of it in prose, what lies inside values in JSON. */
	readonly partsOf: (span: Span) => readonly Span[];
	/** Where a part stands in the original text. */
	readonly place: (part: Span) => Span;
	/** The original with the edits; each within one part, sorted, not overlapping. */
	readonly write: (edits: readonly ViewEdit[]) => string;
}

export function viewOf(text: string): TextView {
	return looksLikeJson(text) ? jsonView(text, 0) : proseView(text);
}

function proseView(text: string): TextView {
	return {
		text,
		partsOf: (span) => [span],
		place: (part) => part,
		write: (edits) => applyEdits(text, edits),
	};
}

/** A string or a number of the JSON: its place in the view, without quotes, and in the original. */
interface Value extends Span {
	readonly raw: Span;
	readonly isString: boolean;
	/** Of a string that holds JSON with escapes of its own. */
	readonly inner: TextView | undefined;
}

/** JSON in JSON in JSON happens; deeper than this it is nobody's data any more. */
const depthMax = 4;

function jsonView(text: string, depth: number): TextView {
	const hasEscapes = text.includes("\\");
	let known: Scan | undefined;
	// Most JSON has no escapes; then values are only looked for when one has to be replaced.
	const scan = (): Scan => {
		known ??= scanValues(text, depth);
		return known;
	};
	return {
		text: hasEscapes ? scan().view : text,
		partsOf: (span) => partsIn(scan().values, span),
		place: (part) => {
			const { values } = scan();
			const value = values[firstEndingAfter(values, part.start)];
			if (value === undefined || !holds(value, part)) return { start: 0, end: text.length };
			const { raw, isString } = value;
			const quote = isString ? 1 : 0;
			const isAsWritten = raw.end - raw.start - 2 * quote === value.end - value.start;
			return isAsWritten ? moved(part, raw.start + quote - value.start) : raw;
		},
		write: (edits) => writeValues(text, scan().values, edits),
	};
}

function partsIn(values: readonly Value[], { start, end }: Span): readonly Span[] {
	const parts: Span[] = [];
	for (let index = firstEndingAfter(values, start); index < values.length; index += 1) {
		const value = values[index];
		if (value === undefined || value.start >= end) break;
		const { inner } = value;
		const part = { start: Math.max(start, value.start), end: Math.min(end, value.end) };
		if (part.start >= part.end) continue;
		if (inner === undefined) parts.push(part);
		else {
			const own = inner.partsOf(moved(part, -value.start));
			parts.push(...own.map((each) => moved(each, value.start)));
		}
	}
	return parts;
}

function moved({ start, end }: Span, by: number): Span {
	return { start: start + by, end: end + by };
}

function holds(outer: Span, inner: Span): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}

interface Scan {
	readonly view: string;
	readonly values: readonly Value[];
}

function scanValues(text: string, depth: number): Scan {
	const values: Value[] = [];
	let view = "";
	let copied = 0;
	let at = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		const isString = code === QUOTE;
		if (!isString && !startsNumber(code)) {
			at += 1;
			continue;
		}
		const end = isString ? stringEnd(text, at) : skipValue(text, at);
		const quote = isString ? 1 : 0;
		view += text.slice(copied, at + quote);
		const content = isString ? decoded(text, at, end) : text.slice(at, end);
		const inner =
			isString && depth < depthMax && content.includes("\\") && looksLikeJson(content)
				? jsonView(content, depth + 1)
				: undefined;
		const shown = inner?.text ?? content;
		const start = view.length;
		view += shown;
		values.push({
			start,
			end: start + shown.length,
			raw: { start: at, end },
			isString,
			inner,
		});
		copied = end - quote;
		at = end;
	}
	return { view: view + text.slice(copied), values };
}

function startsNumber(code: number): boolean {
	return (code >= 48 && code <= 57) || code === 45;
}

function decoded(text: string, start: number, end: number): string {
	const raw = text.slice(start + 1, end - 1);
	return raw.includes("\\") ? String(JSON.parse(text.slice(start, end))) : raw;
}

function writeValues(text: string, values: readonly Value[], edits: readonly ViewEdit[]): string {
	let written = "";
	let copied = 0;
	let next = 0;
	for (const value of values) {
		const { raw, isString, inner } = value;
		const own: ViewEdit[] = [];
		for (let edit = edits[next]; edit !== undefined && edit.start < value.end; edit = edits[next]) {
			next += 1;
			if (holds(value, edit)) own.push({ ...edit, ...moved(edit, -value.start) });
		}
		if (own.length === 0) continue;
		const before = isString ? decoded(text, raw.start, raw.end) : text.slice(raw.start, raw.end);
		const after = inner === undefined ? applyEdits(before, own) : inner.write(own);
		// A number becomes a string: nothing else of JSON can hold a placeholder.
		written += text.slice(copied, raw.start) + JSON.stringify(after);
		copied = raw.end;
	}
	return written + text.slice(copied);
}

function looksLikeJson(text: string): boolean {
	const trimmed = text.trim();
	const first = trimmed[0];
	const last = trimmed.at(-1);
	if (!((first === "{" && last === "}") || (first === "[" && last === "]"))) return false;
	try {
		JSON.parse(trimmed);
		return true;
	} catch {
		return false;
	}
}
