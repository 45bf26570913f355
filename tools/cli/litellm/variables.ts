import type { Fields } from "./config-file.ts";
import { fieldsOf, textOf } from "./values.ts";

/** Looks a variable of the environment up. Undefined: not set, or empty. */
export type Variables = (name: string) => string | undefined;

const reference = "os.environ/";

/** The process's variables before those that the file itself sets. */
export function variablesOf(
	config: Fields,
	environment: Readonly<Record<string, string | undefined>>,
): Variables {
	const own = fieldsOf(config["environment_variables"]);
	return (name) => textOf(environment[name]) ?? textOf(own[name]);
}

/**
 * The same fields with `os.environ/NAME` replaced by what the variable holds; fields whose variable is
 * not set are left out and their variables named.
 */
export function resolveVariables(
	fields: Fields,
	variables: Variables,
): { readonly fields: Fields; readonly missing: readonly string[] } {
	const missing: string[] = [];
	const resolved = Object.entries(fields).flatMap(([name, value]) => {
		if (typeof value !== "string" || !value.startsWith(reference)) return [[name, value]];
		const variable = value.slice(reference.length).trim();
		const found = variables(variable);
		if (found === undefined) missing.push(variable);
		return found === undefined ? [] : [[name, found]];
	});
	return { fields: Object.fromEntries(resolved) as Fields, missing };
}
