import type { Snapshot, Target } from "../snapshot.ts";
import type { Choice, Route } from "./route.ts";
import { captureOf } from "./wildcard.ts";

/** What a name stands for, before anybody asked who may use it. */
export type Resolved =
	| { readonly kind: "route"; readonly route: Route; readonly choices: readonly Choice[] }
	| { readonly kind: "targets"; readonly choices: readonly Choice[] };

type Names = Pick<Snapshot, "routes" | "wildcards" | "targets" | "targetsByModel">;

/**
 * A route of exactly this name; else the target of exactly this name; else the most specific pattern
 * that fits and leads somewhere; else the model of this name at every provider. Undefined: nothing has
 * this name. A route may have no choices left when all its targets are disabled.
 */
export function resolveName(snapshot: Names, name: string): Resolved | undefined {
	const route = snapshot.routes.get(name);
	if (route !== undefined) {
		return { kind: "route", route, choices: choicesOf(snapshot, route, undefined) };
	}
	const exact = snapshot.targets.get(name);
	if (exact !== undefined) return { kind: "targets", choices: [{ target: exact, weight: 1 }] };
	for (const pattern of snapshot.wildcards) {
		const capture = captureOf(pattern.name, name);
		if (capture === undefined) continue;
		const choices = choicesOf(snapshot, pattern, capture);
		if (choices.length > 0) return { kind: "route", route: pattern, choices };
	}
	const named = snapshot.targetsByModel.get(name);
	if (named === undefined) return undefined;
	return { kind: "targets", choices: named.map((target) => ({ target, weight: 1 })) };
}

/** Targets that a route's entry names: one, or a bare model's at every provider. */
export function entryTargets(snapshot: Names, name: string): readonly Target[] {
	const exact = snapshot.targets.get(name);
	return exact === undefined ? (snapshot.targetsByModel.get(name) ?? []) : [exact];
}

/** Each target once; an entry's weight is shared by the providers of a bare model. */
function choicesOf(snapshot: Names, route: Route, capture: string | undefined): readonly Choice[] {
	const weights = new Map<Target, number>();
	for (const entry of route.entries) {
		const name = capture === undefined ? entry.target : entry.target.replace("*", () => capture);
		const targets = entryTargets(snapshot, name);
		for (const target of targets) {
			weights.set(target, (weights.get(target) ?? 0) + entry.weight / targets.length);
		}
	}
	return [...weights].map(([target, weight]) => ({ target, weight }));
}
