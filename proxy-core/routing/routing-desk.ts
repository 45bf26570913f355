import type { StrategyId } from "../contract/routing.ts";
import type { SnapshotSource } from "../ports.ts";
import type { Snapshot, Target } from "../snapshot.ts";
import type { RouteExplanation, RouteQuestion } from "./explain-route.ts";
import { explainRoute } from "./explain-route.ts";
import { rankTargets } from "./rank-targets.ts";
import { resolveName } from "./resolve-name.ts";
import type { Route } from "./route.ts";
import { strategies } from "./strategies/registry.ts";
import type { Ranked, Strategy } from "./strategies/strategy.ts";
import type { TargetBoard, TargetView } from "./target-board.ts";
import type { HealthCheck } from "./target-entry.ts";

/** What people may see of routing here. Looking changes nothing. */
export interface RoutingDesk {
	/** Undefined: nothing was sent to the target yet, or it is not in use. */
	readonly view: (targetId: string) => TargetView | undefined;
	/** A route's targets in the order in which a request of this moment would try them. */
	readonly rank: (routeName: string) => readonly Ranked[];
	/** Names in a route's entries and fallbacks that stand for nothing now. */
	readonly missing: (routeName: string) => readonly string[];
	readonly explain: (question: RouteQuestion) => RouteExplanation;
	/** A health check counts for every target of the provider. */
	readonly checked: (providerId: string, check: Omit<HealthCheck, "atMs">) => void;
	readonly strategies: Readonly<
		Record<StrategyId, Pick<Strategy, "title" | "description" | "formula">>
	>;
}

/** What people see of a board. */
type ShownBoard = Pick<TargetBoard, "view" | "standing" | "peekTurn" | "checked">;

interface DeskOptions {
	readonly board: ShownBoard;
	readonly snapshots: SnapshotSource;
}

/** A question of usual length, for scores that depend on cost. */
const inputTokensShown = 1000;

export function createRoutingDesk({ board, snapshots }: DeskOptions): RoutingDesk {
	const find = (id: string): Target | undefined => snapshots.current().targets.get(id);
	return {
		view: (id) => {
			const target = find(id);
			return target === undefined ? undefined : board.view(target);
		},
		rank: (name) => rankNow(snapshots.current(), board, name),
		missing: (name) => {
			const snapshot = snapshots.current();
			const route =
				snapshot.routes.get(name) ?? snapshot.wildcards.find((entry) => entry.name === name);
			return route === undefined ? [] : missingOf(snapshot, route);
		},
		explain: (question) => explainRoute(snapshots.current(), board, question),
		checked: (providerId, check) => {
			for (const target of snapshots.current().targets.values()) {
				if (target.providerId === providerId) board.checked(target, check);
			}
		},
		strategies,
	};
}

function rankNow(snapshot: Snapshot, board: ShownBoard, name: string): readonly Ranked[] {
	const route = snapshot.routes.get(name);
	if (route === undefined) return [];
	const choices = resolveName(snapshot, name)?.choices ?? [];
	return rankTargets({
		plan: {
			route: name,
			strategy: route.strategy,
			costWeight: route.costWeight,
			isSticky: false,
			retries: 0,
			choices,
			fallbacks: { error: [], "context-window": [], "content-policy": [] },
		},
		board,
		// Of the weighted strategy the most likely order: whoever has the largest share first.
		random: () => 0.5,
		turn: board.peekTurn(name),
		inputTokens: () => inputTokensShown,
		outputTokensMax: undefined,
		session: null,
	});
}

function missingOf(snapshot: Snapshot, route: Route): readonly string[] {
	const {
		error,
		"context-window": contextWindow,
		"content-policy": contentPolicy,
	} = route.fallbacks;
	const entries = route.entries.map(({ target }) => target).filter((name) => !name.includes("*"));
	const names = [...entries, ...error, ...contextWindow, ...contentPolicy];
	return [...new Set(names)].filter((name) => resolveName(snapshot, name) === undefined);
}
