import type { Exception, GuardControl, Scope } from "./guard-control.ts";

interface Versions {
	/** Where this draft began. */
	readonly base: GuardControl;
	readonly mine: GuardControl;
	readonly theirs: GuardControl;
}

/** Their version with what was changed here on top; where both changed the same, mine counts. */
export function rebaseControl({ base, mine, theirs }: Versions): GuardControl {
	return {
		mode: mine.mode === base.mode ? theirs.mode : mine.mode,
		rules: rebaseRules({ base, mine, theirs }),
		scope: rebaseScope(base.scope, mine.scope, theirs.scope),
		exceptions: rebaseExceptions(base.exceptions, mine.exceptions, theirs.exceptions),
	};
}

function rebaseRules({ base, mine, theirs }: Versions): GuardControl["rules"] {
	const ids = new Set([base, mine, theirs].flatMap(({ rules }) => Object.keys(rules)));
	const entries = [...ids].flatMap((id) => {
		const isMine = base.rules[id]?.mode !== mine.rules[id]?.mode;
		const rule = (isMine ? mine : theirs).rules[id];
		return rule === undefined ? [] : [[id, rule] as const];
	});
	return Object.fromEntries(entries);
}

function rebaseScope(base: Scope, mine: Scope, theirs: Scope): Scope {
	const pick = <Name extends keyof Scope>(name: Name): Scope[Name] =>
		JSON.stringify(base[name]) === JSON.stringify(mine[name]) ? theirs[name] : mine[name];
	return {
		endpoints: pick("endpoints"),
		sources: pick("sources"),
		keyIds: pick("keyIds"),
		teamIds: pick("teamIds"),
	};
}

/** Theirs without those that were removed here, and those that were added here. */
function rebaseExceptions(
	base: readonly Exception[],
	mine: readonly Exception[],
	theirs: readonly Exception[],
): Exception[] {
	const has = (list: readonly Exception[], one: Exception) =>
		list.some((other) => JSON.stringify(other) === JSON.stringify(one));
	return [
		...theirs.filter((one) => has(mine, one) || !has(base, one)),
		...mine.filter((one) => !has(base, one) && !has(theirs, one)),
	];
}
