"use client";

import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import Link from "next/link";
import { endpointsQuery } from "../../lib/client/endpoints.ts";
import { usePolling } from "../../lib/client/use-polling.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";
import { endpointColumns } from "./endpoint-columns.tsx";
import { EndpointDrawer } from "./endpoint-drawer.tsx";
import { filterEndpoints } from "./endpoint-filters.ts";
import { EndpointsToolbar, noFilter, useEndpointFilter } from "./endpoints-toolbar.tsx";

/** Every place that requests can be sent to: is it in service, how fast, how busy? */
export function EndpointsPage() {
	const endpoints = useQuery({ ...endpointsQuery(), refetchInterval: usePolling() });
	const [params, change] = useUrlState();
	const open = endpoints.data?.items.find(({ target }) => target === params.get("endpoint"));
	return (
		<>
			<PageHeader
				title="Endpoints"
				description={
					<>
						Every model at every provider, as seen by this node
						{endpoints.data !== undefined && (
							<span className="whitespace-nowrap"> ({endpoints.data.node})</span>
						)}{" "}
						since its start.
					</>
				}
			/>
			<Panel isPadded={false} aria-label="Endpoints" className="[&>div]:pt-0">
				<DataGate
					query={endpoints}
					isEmpty={({ items }) => items.length === 0}
					empty={{
						icon: Server,
						title: "The models of your providers, one by one, will be here.",
						hint: "Add a provider and choose the models it offers.",
						action: (
							<Button asChild variant="primary">
								<Link href="/providers">Open providers</Link>
							</Button>
						),
					}}
				>
					{({ items }) => <EndpointsTable endpoints={items} />}
				</DataGate>
			</Panel>
			{open !== undefined && (
				<EndpointDrawer key={open.id} endpoint={open} onClose={() => change({ endpoint: null })} />
			)}
		</>
	);
}

function EndpointsTable({ endpoints }: { readonly endpoints: readonly TargetEndpoint[] }) {
	const [params, change] = useUrlState();
	const filter = useEndpointFilter();
	const show = ({ target }: TargetEndpoint) => change({ endpoint: target }, "push");
	return (
		<DataTable
			id="endpoints"
			label="Endpoints"
			columns={endpointColumns}
			rows={filterEndpoints(endpoints, filter)}
			rowKey={({ target }) => target}
			onOpen={show}
			openKey={params.get("endpoint") ?? undefined}
			rowActions={(endpoint) => (
				<EndpointActions endpoint={endpoint} onOpen={() => show(endpoint)} />
			)}
			toolbar={<EndpointsToolbar endpoints={endpoints} />}
			empty={
				<EmptyState
					title="No endpoint fits these filters."
					action={<Button onClick={() => change(noFilter)}>Show all endpoints</Button>}
				/>
			}
		/>
	);
}
