import type { Route } from "../../lib/contracts/routes.ts";
import { fallbackReasons } from "../../proxy-core/contract/routing.ts";
import type { Column } from "../ui/data-table/column.ts";
import { Time } from "../ui/time.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { FallbacksCell, NameCell, TargetsCell } from "./route-cells.tsx";
import { RouteSwitch } from "./route-switch.tsx";
import type { StrategyWords } from "./strategy-field.tsx";

export function routeColumns(strategies: readonly StrategyWords[]): readonly Column<Route>[] {
	const wordsOf = ({ strategy }: Route) => strategies.find(({ id }) => id === strategy);
	return [
		{
			id: "name",
			header: "Route",
			isPrimary: true,
			sortBy: (route) => route.name,
			cell: (route) => <NameCell route={route} />,
		},
		{
			id: "strategy",
			header: "Strategy",
			sortBy: (route) => wordsOf(route)?.title ?? route.strategy,
			cell: (route) => (
				<div className="whitespace-nowrap">
					<Tooltip content={wordsOf(route)?.description ?? ""}>
						<span>{wordsOf(route)?.title ?? route.strategy}</span>
					</Tooltip>
					{route.isSticky && <div className="text-muted text-sm">sticky sessions</div>}
				</div>
			),
		},
		{
			id: "targets",
			header: "Targets now",
			sortBy: (route) => route.entries.length,
			exportAs: (route) => route.entries.map(({ target }) => target).join(" "),
			cell: (route) => <TargetsCell route={route} />,
		},
		{
			id: "fallbacks",
			header: "Fallbacks",
			exportAs: (route) =>
				fallbackReasons
					.map((reason) => `${reason}: ${route.fallbacks[reason].join(" ")}`)
					.join("; "),
			cell: (route) => <FallbacksCell route={route} />,
		},
		{
			id: "retries",
			header: "Retries",
			align: "right",
			isHiddenByDefault: true,
			sortBy: (route) => route.retries,
			cell: (route) => route.retries ?? <span className="text-faint">default</span>,
		},
		{
			id: "updatedAt",
			header: "Changed",
			isHiddenByDefault: true,
			sortBy: (route) => route.updatedAt,
			cell: (route) => <Time at={route.updatedAt} />,
		},
		{
			id: "enabled",
			header: "In use",
			exportAs: (route) => route.isEnabled,
			cell: (route) => <RouteSwitch route={route} />,
		},
	];
}
