import type { FieldIssue } from "../../lib/client/problem.ts";
import type { Route, RouteInput } from "../../lib/contracts/routes.ts";
import { routeInput } from "../../lib/contracts/routes.ts";
import type { FallbackReason, StrategyId } from "../../proxy-core/contract/routing.ts";

export interface EntryDraft {
	/** Unique in its list. */
	readonly target: string;
	readonly weight: string;
}

/** What the form holds: numbers as they are typed, the rest as the contract has it. */
export interface RouteDraft {
	readonly name: string;
	readonly description: string;
	readonly strategy: StrategyId;
	readonly costWeight: string;
	readonly isSticky: boolean;
	/** Empty: the installation's setting. */
	readonly retries: string;
	readonly entries: readonly EntryDraft[];
	readonly fallbacks: Readonly<Record<FallbackReason, readonly string[]>>;
	readonly isEnabled: boolean;
}

export const newDraft: RouteDraft = {
	name: "",
	description: "",
	strategy: "priority",
	costWeight: "1",
	isSticky: false,
	retries: "",
	entries: [],
	fallbacks: { error: [], "context-window": [], "content-policy": [] },
	isEnabled: true,
};

const weightMax = 1000;

/** Entries that name a target twice become one with the sum of their weights, which means the same. */
export function draftOf(route: Route): RouteDraft {
	const weights = new Map<string, number>();
	for (const { target, weight } of route.entries) {
		weights.set(target, Math.min(weightMax, (weights.get(target) ?? 0) + weight));
	}
	const { error, "context-window": contextWindow, "content-policy": policy } = route.fallbacks;
	return {
		name: route.name,
		description: route.description,
		strategy: route.strategy,
		costWeight: String(route.costWeight),
		isSticky: route.isSticky,
		retries: route.retries === null ? "" : String(route.retries),
		entries: [...weights].map(([target, weight]) => ({ target, weight: String(weight) })),
		fallbacks: {
			error: [...new Set(error)],
			"context-window": [...new Set(contextWindow)],
			"content-policy": [...new Set(policy)],
		},
		isEnabled: route.isEnabled,
	};
}

export type DraftCheck =
	| { readonly ok: true; readonly input: RouteInput }
	| { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** The draft as the contract wants it, or what is wrong by dotted path (`entries.0.weight`). */
export function checkDraft(draft: RouteDraft): DraftCheck {
	const { fallbacks } = draft;
	const parsed = routeInput.safeParse({
		...draft,
		name: draft.name.trim(),
		costWeight: numberOf(draft.costWeight),
		retries: draft.retries.trim() === "" ? null : numberOf(draft.retries),
		entries: draft.entries.map(({ target, weight }) => ({ target, weight: numberOf(weight) })),
		fallbacks: {
			error: [...fallbacks.error],
			"context-window": [...fallbacks["context-window"]],
			"content-policy": [...fallbacks["content-policy"]],
		},
	});
	if (parsed.success) return { ok: true, input: parsed.data };
	const issues = parsed.error.issues.map(({ path, message }) => {
		const at = path.join(".");
		return { path: at, message: inWords(at) ?? message };
	});
	return { ok: false, issues };
}

/** What a route sends to the API so that only one thing about it changes. */
export function inputOf(route: Route): RouteInput {
	return {
		name: route.name,
		description: route.description,
		strategy: route.strategy,
		costWeight: route.costWeight,
		isSticky: route.isSticky,
		retries: route.retries,
		entries: route.entries,
		fallbacks: route.fallbacks,
		isEnabled: route.isEnabled,
	};
}

/** Each entry's share of the requests under the weighted strategy, 0 to 1; null while a weight is no number. */
export function sharesOf(entries: readonly EntryDraft[]): readonly (number | null)[] {
	const weights = entries.map(({ weight }) => numberOf(weight));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return weights.map((weight) => {
		if (Number.isNaN(total)) return null;
		return total === 0 ? 1 / weights.length : weight / total;
	});
}

/** One place of a list moved to another. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
	const rest = items.toSpliced(from, 1);
	const item = items[from];
	return item === undefined ? items : rest.toSpliced(to, 0, item);
}

function numberOf(text: string): number {
	return text.trim() === "" ? Number.NaN : Number(text);
}

/** Where the schema's own words would speak of numbers that are not. */
function inWords(path: string): string | undefined {
	if (path === "name") return "1 to 200 characters, no spaces, at most one *.";
	if (path === "costWeight") return "A number from 0 to 5.";
	if (path === "retries") return "A whole number from 0 to 10, or nothing.";
	if (path.endsWith(".weight")) return `A whole number from 0 to ${weightMax}.`;
	return undefined;
}
