import type { GuardHistoryEntry } from "../../lib/contracts/guards.ts";
import { leavesOf, showValue, valueAt } from "../../lib/format/form-values.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import type { SchemaField } from "../../lib/format/schema-fields.ts";
import { sourceWords } from "../../lib/format/threat-words.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { ruleModes } from "../../proxy-core/contract/threats.ts";
import { defaultWords } from "../forms/field-words.ts";
import type { Exception } from "./guard-control.ts";
import { exceptionsSchema, ruleModesSchema, scopeSchema } from "./guard-control.ts";
import type { GuardNames } from "./guard-words.ts";
import { exceptionWords, modeWords } from "./guard-words.ts";

export interface GuardChange {
	readonly label: string;
	/** What goes; null when something is only added. */
	readonly before: string | null;
	/** What comes; null when something is only taken away. */
	readonly after: string | null;
}

export interface ChangeContext {
	/** Of the guard's whole schema. */
	readonly fields: readonly SchemaField[];
	readonly names: GuardNames;
}

type Values = Readonly<Record<string, unknown>>;

/** More rules than this that change in the same way are counted, not named one by one. */
const rulesNamedMax = 3;

/** What lies between two values of a guard, in words; empty when they mean the same. */
export function guardChanges(
	context: ChangeContext,
	before: Values,
	after: Values,
): readonly GuardChange[] {
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return names.flatMap((name) => changesOf(name, context, [before[name], after[name]]));
}

/** The same for an entry of the history. */
export function historyChanges(
	context: ChangeContext,
	changes: GuardHistoryEntry["changes"],
): readonly GuardChange[] {
	return changes.flatMap(({ field, before, after }) =>
		changesOf(field, context, [readJson(before), readJson(after)]),
	);
}

type Pair = readonly [before: unknown, after: unknown];

function changesOf(name: string, context: ChangeContext, pair: Pair): readonly GuardChange[] {
	switch (name) {
		case "mode":
			return modeChanges(pair);
		case "rules":
			return ruleChanges(pair, context.names);
		case "scope":
			return scopeChanges(pair, context.names);
		case "exceptions":
			return exceptionChanges(pair, context.names);
		default:
			return fieldChanges(name, context.fields, pair);
	}
}

function modeChanges([before, after]: Pair): readonly GuardChange[] {
	if (before === after) return [];
	return [{ label: "Mode", before: modeText(before), after: modeText(after) }];
}

function modeText(mode: unknown): string {
	const known = ruleModes.find((one) => one === mode);
	return known === undefined ? "As the guard" : modeWords[known].label;
}

function ruleChanges(pair: Pair, names: GuardNames): readonly GuardChange[] {
	const [before, after] = pair.map((value) => ruleModesSchema.safeParse(value).data ?? {});
	const modeOf = (rules: typeof before, id: string): RuleMode | undefined => rules?.[id]?.mode;
	const ids = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
	const changed = ids
		.map((id) => ({ id, from: modeOf(before, id), to: modeOf(after, id) }))
		.filter(({ from, to }) => from !== to);
	const alike = Map.groupBy(changed, ({ from, to }) => `${from ?? ""}>${to ?? ""}`);
	return [...alike.values()].flatMap((group) => {
		const modes = { before: modeText(group[0]?.from), after: modeText(group[0]?.to) };
		if (group.length > rulesNamedMax) {
			return [{ label: formatQuantity(group.length, "rule"), ...modes }];
		}
		return group.map(({ id }) => ({ label: `Rule ${names.rule(id)}`, ...modes }));
	});
}

function scopeChanges(pair: Pair, names: GuardNames): readonly GuardChange[] {
	const [before, after] = pair.map((value) => scopeSchema.parse(value ?? {}));
	if (before === undefined || after === undefined) return [];
	const sources = (list: typeof before.sources) => list.map((source) => sourceWords[source]);
	return [
		...narrowing("Endpoints", before.endpoints, after.endpoints),
		...narrowing("Places", sources(before.sources), sources(after.sources)),
		...narrowing("Keys", before.keyIds.map(names.key), after.keyIds.map(names.key)),
		...narrowing("Teams", before.teamIds.map(names.team), after.teamIds.map(names.team)),
	];
}

/** Whole lists: the first name in an empty one means less than before, not more. */
function narrowing(
	label: string,
	before: readonly string[],
	after: readonly string[],
): readonly GuardChange[] {
	if (listChanges(label, before, after).length === 0) return [];
	const all = (texts: readonly string[]) => (texts.length === 0 ? "all" : texts.join(", "));
	return [{ label, before: all(before), after: all(after) }];
}

function exceptionChanges(pair: Pair, names: GuardNames): readonly GuardChange[] {
	const sentence = (exception: Exception) => {
		const why = exception.note === "" ? "" : ` (${exception.note})`;
		return `${exceptionWords(exception, names)}${why}`;
	};
	const [before, after] = pair.map((value) => exceptionsSchema.parse(value ?? []).map(sentence));
	return listChanges("Exceptions", before ?? [], after ?? []);
}

function fieldChanges(
	name: string,
	fields: readonly SchemaField[],
	[before, after]: Pair,
): readonly GuardChange[] {
	const leaves = leavesOf(fields).filter(({ path }) => path[0] === name);
	// A field that this version does not know any more is still part of the history.
	if (leaves.length === 0) {
		return isSame(before, after)
			? []
			: [{ label: name, before: showValue(before), after: showValue(after) }];
	}
	return leaves.flatMap((field) => {
		const [old, next] = [before, after].map((value) => valueAt({ [name]: value }, field.path));
		if (isSame(old, next)) return [];
		if (field.kind === "list" || field.kind === "choices") {
			return listChanges(field.label, textsOf(old), textsOf(next));
		}
		return [{ label: field.label, before: fieldWords(field, old), after: fieldWords(field, next) }];
	});
}

function fieldWords(field: SchemaField, value: unknown): string {
	const isEmpty = value === undefined || value === null || value === "";
	if (!isEmpty) return defaultWords({ ...field, defaultValue: value }) ?? showJson(value);
	const standard = defaultWords(field);
	return standard === undefined || standard === "nothing" || value === ""
		? "nothing"
		: `the default, ${standard}`;
}

/** Of two sets only what differs: a list of a hundred names says nothing. */
function listChanges(
	label: string,
	before: readonly string[],
	after: readonly string[],
): readonly GuardChange[] {
	const gone = before.filter((text) => !after.includes(text));
	const fresh = after.filter((text) => !before.includes(text));
	if (gone.length === 0 && fresh.length === 0) return [];
	const join = (texts: readonly string[]) => (texts.length === 0 ? null : texts.join(", "));
	return [{ label, before: join(gone), after: join(fresh) }];
}

function textsOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

function showJson(value: unknown): string {
	return typeof value === "object" ? JSON.stringify(value) : showValue(value);
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** Of a value in the history. */
export function readJson(text: string | null): unknown {
	if (text === null) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
