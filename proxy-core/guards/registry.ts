import * as z from "zod";
import type { Settings } from "../contract/settings.ts";
import type { AnyGuard, CompiledGuard } from "./define-guard.ts";
import { guard as secretLeak } from "./secret-leak/guard.ts";

export const guards = [secretLeak] as const satisfies readonly AnyGuard[];
export type GuardId = (typeof guards)[number]["id"];

/** What every guard can be told, beside its own configuration. */
export const guardControl = z.object({
	isOn: z.boolean().optional().meta({ title: "On" }),
	onFailure: z.enum(["closed", "open"]).default("closed").meta({
		title: "When the guard fails",
		description: "Refuse the request (closed) or leave the guard out (open).",
	}),
	timeoutMs: z.int().min(1).max(60_000).default(1000).meta({ title: "Time limit", unit: "ms" }),
});

/**
 * Applies the settings to every guard that is switched on. Throws a ZodError when one has a
 * configuration that its schema refuses; the caller then keeps the snapshot it has.
 */
export function compileGuards(settings: Settings): readonly CompiledGuard[] {
	return guards.flatMap((guard: AnyGuard) => {
		const { isOn, onFailure, timeoutMs, ...own } = { ...settings.guards[guard.id] };
		const control = guardControl.parse({ isOn, onFailure, timeoutMs });
		if (!(control.isOn ?? guard.isOnByDefault)) return [];
		// The registry forgot the config type; the schema has just vouched for it.
		const config = guard.config.parse(own) as never;
		return {
			id: guard.id,
			phases: guard.phases,
			holdBackMax: guard.holdBackMax,
			onFailure: control.onFailure,
			timeoutMs: control.timeoutMs,
			inspector: guard.create(config),
		};
	});
}

/** What operators can set about guards, as the JSON Schema of the settings' `guards`. */
export function guardsJsonSchema(): Readonly<Record<string, unknown>> {
	const entries = guards.map((guard: AnyGuard) => {
		const isOn = guardControl.shape.isOn
			.unwrap()
			.default(guard.isOnByDefault)
			.meta({ title: "On" });
		const { onFailure, timeoutMs } = guardControl.shape;
		const schema = z.object({ isOn, ...guard.config.shape, onFailure, timeoutMs });
		return [
			guard.id,
			{
				...z.toJSONSchema(schema, { io: "input" }),
				title: guard.title,
				description: guard.summary,
			},
		];
	});
	return { type: "object", title: "Guards", properties: Object.fromEntries(entries) };
}
