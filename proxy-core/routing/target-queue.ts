import type { FallbackReason } from "../contract/routing.ts";
import type { Budgeted, Received, Routed } from "../pipeline/context.ts";
import type { Target } from "../snapshot.ts";
import type { TargetBoard } from "./target-board.ts";

/** The targets of one request, each handed out once. */
export interface TargetQueue {
	/** The next one after trouble of this kind; undefined when nobody is left who could help. */
	readonly next: (reason: FallbackReason) => Target | undefined;
}

/**
 * After an error: the rest of the targets, then the fallbacks for errors. After another kind of
 * trouble: that kind's fallbacks, and the rest of the targets only after trouble there. Targets that
 * asked for a pause come after all others.
 */
export function createTargetQueue(
	context: Readonly<Received & Budgeted & Routed>,
	board: TargetBoard,
): TargetQueue {
	const { targets, affordable, snapshot } = context;
	const { fallbacks } = affordable;
	const mayServe = (target: Target): boolean =>
		snapshot.settings.prices.unpriced !== "refuse" || target.price !== undefined;
	const given = new Set<string>();
	const isCooling = (target: Target): boolean => board.standing(target).availability === "cooling";
	const take = (from: readonly Target[]): Target | undefined => {
		const found = from.find((target) => !given.has(target.id));
		if (found !== undefined) given.add(found.id);
		return found;
	};
	const chain = (reason: FallbackReason): readonly Target[] =>
		fallbacks[reason].length === 0
			? []
			: fallbacks[reason].map(({ target }) => target).filter(mayServe);

	let current: FallbackReason = "error";
	return {
		next: (reason) => {
			// A kind of its own leads to its own chain, and trouble there stays in it.
			if (reason !== "error") current = reason;
			if (current !== "error") return take(chain(current));
			const all = fallbacks.error.length === 0 ? targets : [...targets, ...chain("error")];
			return take(all.length === 1 ? all : all.filter((target) => !isCooling(target))) ?? take(all);
		},
	};
}
