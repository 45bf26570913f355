import * as z from "zod";
import type { Settings } from "../contract/settings.ts";
import { guard as answerPersonalData } from "./answer-personal-data/guard.ts";
import type { AnyGuard, CompiledGuard } from "./define-guard.ts";
import { guard as degenerateLoop } from "./degenerate-loop/guard.ts";
import { guard as exfiltration } from "./exfiltration/guard.ts";
import { guardControl } from "./guard-policy.ts";
import { guard as hiddenText } from "./hidden-text/guard.ts";
import { guard as packageNames } from "./package-names/guard.ts";
import { guard as promptInjection } from "./prompt-injection/guard.ts";
import { guard as promptLeak } from "./prompt-leak/guard.ts";
import { guard as secretLeak } from "./secret-leak/guard.ts";
import { guard as unsafeLinks } from "./unsafe-links/guard.ts";

export const guards = [
	promptInjection,
	secretLeak,
	hiddenText,
	unsafeLinks,
	exfiltration,
	promptLeak,
	answerPersonalData,
	packageNames,
	degenerateLoop,
] as const satisfies readonly AnyGuard[];

/**
 * Applies the settings to every guard that is switched on. Throws a ZodError when one has a
 * configuration that its schema refuses; the caller then keeps the snapshot it has.
 */
export function compileGuards(settings: Settings): readonly CompiledGuard[] {
	return guards.flatMap((guard: AnyGuard) => {
		const { mode, rules, scope, exceptions, onFailure, timeoutMs, ...own } = {
			...settings.guards[guard.id],
		};
		const told = { mode, rules, scope, exceptions, onFailure, timeoutMs };
		const control = guardControl.parse(told);
		const policy = { ...control, mode: control.mode ?? guard.defaultMode };
		if (policy.mode === "off") return [];
		// The registry forgot the config type; the schema has just vouched for it.
		const config = guard.config.parse(own) as never;
		return {
			id: guard.id,
			phases: guard.phases,
			holdBackMax: guard.holdBackMax,
			rules: new Map(guard.rules.map((rule) => [rule.id, rule])),
			policy,
			inspector: guard.create(config),
		};
	});
}

/** What operators can set about a guard, as a JSON Schema. */
export function guardSchema(guard: AnyGuard): Record<string, unknown> {
	const { mode, ...control } = guardControl.shape;
	const schema = z.object({
		mode: mode.unwrap().default(guard.defaultMode).meta({ title: "Mode" }),
		...guard.config.shape,
		...control,
	});
	return {
		...z.toJSONSchema(schema, { io: "input" }),
		title: guard.title,
		description: guard.summary,
	};
}

/** What operators can set about guards, as the JSON Schema of the settings' `guards`. */
export function guardsJsonSchema(): Readonly<Record<string, unknown>> {
	const properties = guards.map((guard: AnyGuard) => [guard.id, guardSchema(guard)]);
	return { type: "object", title: "Guards", properties: Object.fromEntries(properties) };
}
