import type { Caller } from "../pipeline/context.ts";
import type { Target } from "../snapshot.ts";

/** Whether one of the patterns names this target; `*` stands for any run of characters. */
export function mayUse(patterns: readonly string[], target: Pick<Target, "id" | "model">): boolean {
	if (patterns.length === 0) return true;
	return patterns.some((pattern) => matches(pattern, target.id) || matches(pattern, target.model));
}

/** Whether one of the patterns fits the name that a caller asked for. */
export function mayUseName(patterns: readonly string[], name: string): boolean {
	return patterns.length === 0 || patterns.some((pattern) => matches(pattern, name));
}

/** Greedy two-pointer match; no regular expression is built from what people type. */
function matches(pattern: string, name: string): boolean {
	let at = 0;
	let star = -1;
	let resume = 0;
	let index = 0;
	while (index < name.length) {
		if (pattern[at] === "*") {
			star = at++;
			resume = index;
		} else if (pattern[at] === name[index]) {
			at++;
			index++;
		} else if (star !== -1) {
			at = star + 1;
			index = ++resume;
		} else return false;
	}
	while (pattern[at] === "*") at++;
	return at === pattern.length;
}

/** Patterns of the models that a caller may use; none means all. */
export function allowedModels(caller: Caller): readonly string[] {
	return caller.kind === "key" ? caller.allowedModels : [];
}
