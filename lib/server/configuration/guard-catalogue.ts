import type { AnyGuard, GuardRule } from "../../../proxy-core/guards/define-guard.ts";
import type { GuardPolicy } from "../../../proxy-core/guards/guard-policy.ts";
import { guardControl } from "../../../proxy-core/guards/guard-policy.ts";
import { guardSchema, guards } from "../../../proxy-core/guards/registry.ts";

/** A guard as people read about it. */
export interface CataloguedGuard
	extends Pick<AnyGuard, "id" | "title" | "summary" | "phases" | "defaultMode" | "holdBackMax"> {
	readonly rules: readonly GuardRule[];
	/** JSON Schema of what can be set. */
	readonly schema: Record<string, unknown>;
	/** What is stored, with every default filled in; what does not parse any more shows the defaults. */
	readonly read: (stored: unknown) => GuardSettings;
}

export interface GuardSettings {
	readonly value: Record<string, unknown>;
	readonly policy: GuardPolicy;
}

export const guardCatalogue: readonly CataloguedGuard[] = guards.map((guard: AnyGuard) => ({
	id: guard.id,
	title: guard.title,
	summary: guard.summary,
	phases: guard.phases,
	defaultMode: guard.defaultMode,
	holdBackMax: guard.holdBackMax,
	rules: guard.rules,
	schema: guardSchema(guard),
	read: (stored) => {
		const { mode, rules, scope, exceptions, onFailure, timeoutMs, ...own } = asObject(stored);
		const told = guardControl.safeParse({ mode, rules, scope, exceptions, onFailure, timeoutMs });
		const config = guard.config.safeParse(own);
		const control = told.success ? told.data : guardControl.parse({});
		const policy = { ...control, mode: control.mode ?? guard.defaultMode };
		return {
			policy,
			value: { ...(config.success ? config.data : guard.config.parse({})), ...policy },
		};
	},
}));

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
