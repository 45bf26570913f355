import type { GuardInfo } from "../../lib/contracts/guards.ts";
import type { FormValue } from "../../lib/format/form-values.ts";
import { leavesOf, showValue } from "../../lib/format/form-values.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";

/** Sections of the settings as they would be; guards one by one. Empty: the policy in force. */
export type PolicyChange = Readonly<Record<string, unknown>>;

/** What the policy in force says, as far as it may be seen. */
export interface PolicyInForce {
	readonly guards: readonly GuardInfo[];
	/** The settings' sections by name. */
	readonly sections: FormValue;
}

export function isUnchanged(change: PolicyChange): boolean {
	return Object.keys(change).length === 0;
}

export function guardsIn({ guards }: PolicyChange): Readonly<Record<string, FormValue>> {
	if (!isObject(guards)) return {};
	return Object.fromEntries(
		Object.entries(guards).flatMap(([id, value]) => (isObject(value) ? [[id, value]] : [])),
	);
}

/** With another guard; one that is as it is in force is no change. */
export function withGuard(
	change: PolicyChange,
	stored: Pick<GuardInfo, "id" | "value">,
	value: FormValue,
): PolicyChange {
	const { [stored.id]: _before, ...others } = guardsIn(change);
	const guards = isSame(stored.value, value) ? others : { ...others, [stored.id]: value };
	return withGuards(change, guards);
}

/** With another section; one that is as it is in force is no change. */
export function withSection(
	change: PolicyChange,
	stored: { readonly name: string; readonly value: unknown },
	value: FormValue,
): PolicyChange {
	const { [stored.name]: _before, ...others } = change;
	return isSame(stored.value, value) ? others : { ...others, [stored.name]: value };
}

/** Without what `part` names: a section, or `guards.<id>`. */
export function withoutPart(change: PolicyChange, part: string): PolicyChange {
	if (part.startsWith("guards.")) {
		const { [part.slice("guards.".length)]: _gone, ...others } = guardsIn(change);
		return withGuards(change, others);
	}
	const { [part]: _gone, ...others } = change;
	return others;
}

function withGuards(change: PolicyChange, guards: FormValue): PolicyChange {
	const { guards: _before, ...sections } = change;
	return Object.keys(guards).length === 0 ? sections : { ...sections, guards };
}

/** One rule of a guard with a mode of its own; null: as its guard. */
export function withRuleMode(value: FormValue, rule: string, mode: string | null): FormValue {
	const rules = isObject(value["rules"]) ? value["rules"] : {};
	const { [rule]: _before, ...others } = rules;
	return { ...value, rules: mode === null ? others : { ...others, [rule]: { mode } } };
}

export function ruleModeIn(value: FormValue, rule: string): string | null {
	const own = isObject(value["rules"]) ? value["rules"][rule] : undefined;
	return isObject(own) && typeof own["mode"] === "string" ? own["mode"] : null;
}

/** A change typed as JSON, or why it cannot be one. What it may hold is for the server to say. */
export function readChange(
	text: string,
): { readonly change: PolicyChange } | { readonly problem: string } {
	if (text.trim() === "") return { change: {} };
	try {
		const json: unknown = JSON.parse(text);
		if (isObject(json)) return { change: json };
		return { problem: "A change is an object with sections of the settings." };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : "This is not valid JSON." };
	}
}

export interface ChangedField {
	readonly label: string;
	readonly before: string;
	readonly after: string;
}

/** One guard or section that differs, and where one would put it in force. */
export interface ChangedPart {
	readonly part: string;
	readonly title: string;
	readonly fields: readonly ChangedField[];
	readonly href: `/${string}`;
}

export function changedParts(
	change: PolicyChange,
	{ guards, sections }: PolicyInForce,
): readonly ChangedPart[] {
	const ofGuards = Object.entries(guardsIn(change)).map(([id, value]): ChangedPart => {
		const stored = guards.find((guard) => guard.id === id);
		const labels = new Map(
			leavesOf(schemaFields(stored?.schema)).map(({ path, label }) => [path.join("."), label]),
		);
		return {
			part: `guards.${id}`,
			title: stored?.title ?? id,
			fields: fieldsOf({ before: stored?.value, after: value, labels }),
			href: `/guards?guard=${encodeURIComponent(id)}`,
		};
	});
	const ofSections = Object.keys(change)
		.filter((name) => name !== "guards")
		.map((name): ChangedPart => {
			const { title, href } = sectionPlaces[name] ?? { title: name, href: "/settings" };
			const pair = { before: sections[name], after: change[name], labels: sectionLabels };
			return { part: name, title, fields: fieldsOf(pair), href };
		});
	return [...ofGuards, ...ofSections];
}

const sectionPlaces: Readonly<
	Record<string, { readonly title: string; readonly href: `/${string}` }>
> = {
	firewall: { title: "Firewall", href: "/signatures" },
	privacy: { title: "Personal data", href: "/privacy" },
};
const sectionLabels: ReadonlyMap<string, string> = new Map([["mode", "Mode"]]);

interface FieldsInput {
	readonly before: unknown;
	readonly after: unknown;
	readonly labels: ReadonlyMap<string, string>;
	readonly path?: readonly string[];
}

/** What differs; fields that a change does not name, and that then have their defaults, as one. */
function fieldsOf(pair: FieldsInput): readonly ChangedField[] {
	const { before, after } = pair;
	if (!isObject(before) || !isObject(after)) return leavesBetween(pair);
	const named = Object.entries(before).filter(([name]) => name in after);
	const fields = leavesBetween({ ...pair, before: Object.fromEntries(named) });
	if (named.length === Object.keys(before).length) return fields;
	return [...fields, { label: "Everything else", before: "as in force", after: "by default" }];
}

function leavesBetween({ before, after, labels, path = [] }: FieldsInput): readonly ChangedField[] {
	if (isSame(before, after)) return [];
	if (!isObject(after) || (path.length > 0 && !isObject(before))) {
		return [{ label: labelOf(path, labels), before: words(before), after: words(after) }];
	}
	const old = isObject(before) ? before : {};
	const names = [...new Set([...Object.keys(old), ...Object.keys(after)])];
	return names.flatMap((name) =>
		leavesBetween({ before: old[name], after: after[name], labels, path: [...path, name] }),
	);
}

function labelOf(path: readonly string[], labels: ReadonlyMap<string, string>): string {
	const [first, rule] = path;
	if (first === "rules" && rule !== undefined) return `Rule ${rule}`;
	return labels.get(path.join(".")) ?? path.join(".");
}

function words(value: unknown): string {
	if (value === undefined) return "not set";
	if (isObject(value) && Object.keys(value).length === 1 && "mode" in value) {
		return showValue(value["mode"]);
	}
	return isObject(value) ? JSON.stringify(value) : showValue(value);
}

/** Whether two JSON values are equal, whatever the order of their fields; what is undefined is not there. */
export function isSame(a: unknown, b: unknown): boolean {
	if (Array.isArray(a) && Array.isArray(b)) {
		return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
	}
	if (!isObject(a) || !isObject(b)) return a === b;
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) =>
		isSame(a[name], b[name]),
	);
}

/** Of JSON. */
export function isObject(value: unknown): value is FormValue {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a link opens for editing; the Guards page leads here with `guard` alone. */
export function editedPart(params: { readonly get: (name: string) => string | null }): string {
	const guard = params.get("guard") ?? "";
	return params.get("edit") ?? (guard === "" ? "" : `guards.${guard}`);
}
