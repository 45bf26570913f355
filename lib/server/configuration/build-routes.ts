import * as z from "zod";
import type { Route } from "../../../proxy-core/routing/route.ts";
import { bySpecificity } from "../../../proxy-core/routing/wildcard.ts";
import type { RouteInput } from "../../contracts/routes.ts";
import { routeInput } from "../../contracts/routes.ts";
import type { RouteRow } from "../repositories/routes.ts";
import type { ConfigurationProblem } from "./build-targets.ts";
import { isPattern, routeFault } from "./route-fault.ts";

export interface Routes {
	readonly routes: ReadonlyMap<string, Route>;
	/** Most specific first. */
	readonly wildcards: readonly Route[];
	readonly problems: readonly ConfigurationProblem[];
}

export interface RouteBuilder {
	readonly build: (rows: readonly RouteRow[]) => Routes;
}

/** What is stored must be right; a route that is not leaves the one that was in force before it. */
export function createRouteBuilder(): RouteBuilder {
	let lastGood = new Map<string, Route>();
	return {
		build: (rows) => {
			const problems: ConfigurationProblem[] = [];
			const inForce = new Map<string, Route>();
			for (const row of rows.filter(({ isEnabled }) => isEnabled)) {
				const problem = problemOf(row);
				const route = problem === undefined ? toRoute(routeInput.parse(stored(row))) : undefined;
				const used = route ?? lastGood.get(row.name);
				if (used !== undefined) inForce.set(row.name, used);
				if (problem !== undefined) {
					problems.push({ place: `route:${row.name}`, message: problem });
				}
			}
			lastGood = inForce;
			const all = [...inForce.values()];
			return {
				routes: new Map(
					all.filter(({ name }) => !isPattern(name)).map((route) => [route.name, route]),
				),
				wildcards: all.filter(({ name }) => isPattern(name)).toSorted(bySpecificity),
				problems,
			};
		},
	};
}

function problemOf(row: RouteRow): string | undefined {
	const parsed = routeInput.safeParse(stored(row));
	if (!parsed.success) return z.prettifyError(parsed.error);
	return routeFault(parsed.data)?.message;
}

function stored({ createdAt: _created, updatedAt: _updated, ...row }: RouteRow): unknown {
	return row;
}

function toRoute({
	name,
	strategy,
	costWeight,
	isSticky,
	retries,
	entries,
	fallbacks,
}: RouteInput): Route {
	return { name, strategy, costWeight, isSticky, retries, entries, fallbacks };
}
