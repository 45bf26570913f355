import * as z from "zod";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { ruleModes } from "../../proxy-core/contract/threats.ts";
import { segmentSources } from "../../proxy-core/contract/verdict.ts";

const exception = z.object({
	rule: z.string().optional(),
	keyId: z.string().optional(),
	teamId: z.string().optional(),
	endpoint: z.enum(endpointIds).optional(),
	source: z.enum(segmentSources).optional(),
	text: z.string().optional(),
	note: z.string().default(""),
});
export type Exception = z.output<typeof exception>;

export const scopeSchema = z.object({
	endpoints: z.array(z.enum(endpointIds)).default([]),
	sources: z.array(z.enum(segmentSources)).default([]),
	keyIds: z.array(z.string()).default([]),
	teamIds: z.array(z.string()).default([]),
});
export type Scope = z.output<typeof scopeSchema>;

export const exceptionsSchema = z.array(exception);
export const ruleModesSchema = z.record(z.string(), z.object({ mode: z.enum(ruleModes) }));

/** What every guard can be told and a schema form has no controls for. */
const controlSchema = z.object({
	mode: z.enum(ruleModes),
	rules: ruleModesSchema.default({}),
	scope: scopeSchema.prefault({}),
	exceptions: exceptionsSchema.default([]),
});
export type GuardControl = z.output<typeof controlSchema>;

/** These parts of a guard's value have controls made by hand. */
export const controlNames = ["mode", "rules", "scope", "exceptions"] as const;

/** Out of what is set of a guard, defaults included. */
export function readControl(value: GuardInfo["value"]): GuardControl {
	return controlSchema.parse(value);
}

/** The schema of a guard's other fields: its own, the fail policy and the time limit. */
export function formSchema(schema: GuardInfo["schema"]): unknown {
	const parsed = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).safeParse(schema);
	if (!parsed.success) return schema;
	const own = Object.entries(parsed.data.properties).filter(
		([name]) => !controlNames.some((control) => control === name),
	);
	return { ...parsed.data, properties: Object.fromEntries(own) };
}

/** With another mode for some rules; null: as the guard. */
export function withRuleModes(
	rules: GuardControl["rules"],
	ids: readonly string[],
	mode: RuleMode | null,
): GuardControl["rules"] {
	const others = Object.entries(rules).filter(([id]) => !ids.includes(id));
	const set = mode === null ? [] : ids.map((id) => [id, { mode }] as const);
	return Object.fromEntries([...others, ...set]);
}

/** What a rule comes to: never more than its guard. */
export function modeInForce({ mode, rules }: Pick<GuardControl, "mode" | "rules">, rule: string) {
	if (mode === "off") return "off";
	const own = rules[rule]?.mode ?? mode;
	return mode === "monitor" && own === "enforce" ? "monitor" : own;
}

export interface EnforcementChange {
	/** Ids of the rules that are enforced from now on, and of those that no longer are. */
	readonly begins: readonly string[];
	readonly ends: readonly string[];
}

/** What a change means for requests and answers; both lists are empty when nothing is enforced otherwise. */
export function enforcementChange(
	rules: readonly { readonly id: string }[],
	before: Pick<GuardControl, "mode" | "rules">,
	after: Pick<GuardControl, "mode" | "rules">,
): EnforcementChange {
	const isEnforced = (control: Pick<GuardControl, "mode" | "rules">, id: string) =>
		modeInForce(control, id) === "enforce";
	const ids = rules.map(({ id }) => id);
	return {
		begins: ids.filter((id) => !isEnforced(before, id) && isEnforced(after, id)),
		ends: ids.filter((id) => isEnforced(before, id) && !isEnforced(after, id)),
	};
}
