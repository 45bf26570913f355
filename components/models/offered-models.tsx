"use client";

import { useQuery } from "@tanstack/react-query";
import { Boxes } from "lucide-react";
import Link from "next/link";
import { modelsQuery } from "../../lib/client/models.ts";
import { useNow } from "../../lib/client/use-now.tsx";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Model } from "../../lib/contracts/models.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { offeredColumns } from "./model-columns.tsx";
import { ModelDrawer } from "./model-drawer.tsx";
import { filterModels } from "./model-filters.ts";
import { noModelFilter, OfferedToolbar, useModelFilter } from "./models-toolbar.tsx";

/** The models of all enabled providers. */
export function OfferedModels() {
	const models = useQuery(modelsQuery());
	const [params, change] = useUrlState();
	const open = models.data?.items.find((model) => model.id === params.get("model"));
	return (
		<>
			<Panel isPadded={false} aria-label="Models offered here" className="[&>div]:pt-0">
				<DataGate
					query={models}
					isEmpty={({ items }) => items.length === 0}
					empty={{
						icon: Boxes,
						title: "The models of your providers will be here.",
						hint: "Add a provider, or enable one, and choose the models it offers.",
						action: (
							<Button asChild variant="primary">
								<Link href="/providers">Open providers</Link>
							</Button>
						),
					}}
				>
					{({ items }) => <OfferedTable models={items} />}
				</DataGate>
			</Panel>
			{open !== undefined && (
				<ModelDrawer
					key={open.id}
					subject={{ ...open, title: open.id, place: placeOf(open) }}
					onClose={() => change({ model: null })}
				/>
			)}
		</>
	);
}

function OfferedTable({ models }: { readonly models: readonly Model[] }) {
	const [params, change] = useUrlState();
	const filter = useModelFilter();
	const nowMs = useNow().getTime();
	const seesCallers = useMay("keys:own");
	return (
		<DataTable
			id="models"
			label="Models"
			columns={offeredColumns(nowMs, seesCallers)}
			rows={filterModels(models, filter)}
			rowKey={(model) => model.id}
			onOpen={(model) => change({ model: model.id }, "push")}
			openKey={params.get("model") ?? undefined}
			toolbar={<OfferedToolbar models={models} />}
			empty={
				<EmptyState
					title="No model fits these filters."
					action={<Button onClick={() => change(noModelFilter)}>Show all models</Button>}
				/>
			}
		/>
	);
}

function placeOf({ provider, model }: Model) {
	return { scope: "provider" as const, place: provider, model };
}
