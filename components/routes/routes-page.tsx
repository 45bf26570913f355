"use client";

import { Plus } from "lucide-react";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { Button } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { RoutesList } from "./routes-list.tsx";
import { noTrial, TryRoute } from "./try-route.tsx";

/** Names that applications ask for, and where requests for them go. */
export function RoutesPage() {
	const mayWrite = useMay("registry:write");
	const [params, change] = useUrlState();
	const tab = params.get("tab") === "try" ? "try" : "routes";
	return (
		<>
			<PageHeader
				title="Routes"
				description="Names that applications ask for, and the targets behind them as this node sees them."
				actions={
					mayWrite && (
						<Button variant="primary" onClick={() => change({ ...noTrial, tab: null, new: "1" })}>
							<Plus aria-hidden="true" />
							Create route
						</Button>
					)
				}
			/>
			<Tabs
				label="Routes"
				value={tab}
				onChange={(next) =>
					change({ ...noTrial, tab: next === "try" ? next : null, route: null, new: null })
				}
				items={[
					{ id: "routes", label: "Routes", content: <RoutesList /> },
					{ id: "try", label: "Try a route", content: <TryRoute /> },
				]}
			/>
		</>
	);
}
