import type { FormValue } from "../../lib/format/form-values.ts";
import { isObject } from "./policy-change.ts";

/** Fields of every guard that have an editor of their own elsewhere. */
const controls: readonly string[] = ["rules", "scope", "exceptions", "onFailure", "timeoutMs"];

/** A guard's schema with its mode and its own fields alone. */
export function withoutControls(schema: FormValue): FormValue {
	const { properties, required } = schema;
	if (!isObject(properties)) return schema;
	const kept = Object.entries(properties).filter(([name]) => !controls.includes(name));
	return {
		...schema,
		properties: Object.fromEntries(kept),
		...(Array.isArray(required)
			? { required: required.filter((name) => !controls.includes(String(name))) }
			: {}),
	};
}
