"use client";

import { useUrlState } from "../../lib/client/use-url-state.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { CatalogueModels } from "./catalogue-models.tsx";
import { noModelFilter } from "./models-toolbar.tsx";
import { OfferedModels } from "./offered-models.tsx";

/** What can be asked for, what it costs, what it can do, and who may use it. */
export function ModelsPage() {
	const [params, change] = useUrlState();
	const tab = params.get("tab") === "catalogue" ? "catalogue" : "offered";
	return (
		<>
			<PageHeader
				title="Models"
				description="What applications can ask for, what it costs and what it can do."
			/>
			<Tabs
				label="Models"
				value={tab}
				onChange={(next) =>
					change({ ...noModelFilter, tab: next === "offered" ? null : next, model: null })
				}
				items={[
					{ id: "offered", label: "Offered here", content: <OfferedModels /> },
					{ id: "catalogue", label: "Whole catalogue", content: <CatalogueModels /> },
				]}
			/>
		</>
	);
}
