"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Route as RouteIcon } from "lucide-react";
import { useState } from "react";
import { routesQuery } from "../../lib/client/routes.ts";
import { usePolling } from "../../lib/client/use-polling.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Route } from "../../lib/contracts/routes.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { Panel } from "../ui/panel.tsx";
import { RemoveRouteDialog } from "./remove-route-dialog.tsx";
import { RouteActions } from "./route-actions.tsx";
import { routeColumns } from "./route-columns.tsx";
import { NewRouteDrawer, RouteDrawer } from "./route-drawer.tsx";
import type { StrategyWords } from "./strategy-field.tsx";

export function RoutesList() {
	const routes = useQuery({ ...routesQuery(), refetchInterval: usePolling() });
	const mayWrite = useMay("registry:write");
	const [params, change] = useUrlState();
	const strategies = routes.data?.strategies ?? [];
	return (
		<>
			<Panel isPadded={false} aria-label="Routes" className="[&>div]:pt-0">
				<DataGate
					query={routes}
					isEmpty={({ items }) => items.length === 0}
					empty={{
						icon: RouteIcon,
						title: "Names that lead to one or several targets will be here.",
						hint: "Without a route, applications ask for provider/model or for a model by its name. A route adds aliases, groups that share the load, and fallbacks.",
						action: mayWrite && (
							<Button variant="primary" onClick={() => change({ new: "1" })}>
								<Plus aria-hidden="true" />
								Create route
							</Button>
						),
					}}
				>
					{({ items }) => <RoutesTable routes={items} strategies={strategies} />}
				</DataGate>
			</Panel>
			{mayWrite && params.get("new") === "1" && routes.data !== undefined && (
				<NewRouteDrawer strategies={strategies} onClose={() => change({ new: null })} />
			)}
		</>
	);
}

interface RoutesTableProps {
	readonly routes: readonly Route[];
	readonly strategies: readonly StrategyWords[];
}

function RoutesTable({ routes, strategies }: RoutesTableProps) {
	const [params, change] = useUrlState();
	const [leaving, setLeaving] = useState<Route | undefined>(undefined);
	const show = (route: Route) => change({ route: route.id }, "push");
	// A pattern is no name that anybody asks for.
	const tryOut = ({ name }: Route) =>
		change({ tab: "try", model: name.includes("*") ? null : name, route: null }, "push");
	const shown = routes.find((route) => route.id === params.get("route"));
	return (
		<>
			<DataTable
				id="routes"
				label="Routes"
				columns={routeColumns(strategies)}
				rows={routes}
				rowKey={(route) => route.id}
				onOpen={show}
				openKey={shown?.id}
				rowActions={(route) => (
					<RouteActions
						route={route}
						onOpen={() => show(route)}
						onTry={() => tryOut(route)}
						onRemove={() => setLeaving(route)}
					/>
				)}
			/>
			{shown !== undefined && (
				<RouteDrawer
					key={shown.id}
					route={shown}
					strategies={strategies}
					onTry={() => tryOut(shown)}
					onRemove={() => setLeaving(shown)}
					onClose={() => change({ route: null })}
				/>
			)}
			{leaving !== undefined && (
				<RemoveRouteDialog
					route={leaving}
					onClose={() => setLeaving(undefined)}
					onRemoved={() => change({ route: null })}
				/>
			)}
		</>
	);
}
