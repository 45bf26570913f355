import type { GuardHistoryEntry } from "../../lib/contracts/guards.ts";
import type { FormValue } from "../../lib/format/form-values.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { readJson } from "./guard-changes.ts";
import type { GuardControl } from "./guard-control.ts";
import { controlNames, readControl } from "./guard-control.ts";

/** What the changed fields were before, by name; undefined where the default stood. */
export function beforeOf(changes: GuardHistoryEntry["changes"]): FormValue {
	return Object.fromEntries(changes.map(({ field, before }) => [field, readJson(before)]));
}

/** With the parts that `earlier` names as they were then; others stay. */
export function controlBefore(
	control: GuardControl,
	earlier: FormValue,
	defaultMode: RuleMode,
): GuardControl {
	const defaults = { mode: defaultMode, rules: {}, scope: {}, exceptions: [] };
	const named = controlNames
		.filter((name) => name in earlier)
		.map((name) => [name, earlier[name] ?? defaults[name]]);
	return readControl({ ...control, ...Object.fromEntries(named) });
}
