"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { catalogueQuery } from "../../lib/client/prices.ts";
import { useNow } from "../../lib/client/use-now.tsx";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { ListedModelInfo } from "../../lib/contracts/prices.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { catalogueColumns } from "./model-columns.tsx";
import { ModelDrawer } from "./model-drawer.tsx";
import { CatalogueToolbar, noModelFilter, useModelFilter } from "./models-toolbar.tsx";

/** Everything that the price list knows, offered here or not. */
export function CatalogueModels() {
	const [params, change] = useUrlState();
	const filter = useModelFilter();
	const nowMs = useNow().getTime();
	const kind = params.get("kind") ?? undefined;
	const query = useInfiniteQuery({
		...catalogueQuery({
			...(filter.search === "" ? {} : { search: filter.search.slice(0, 200) }),
			...(kind === undefined ? {} : { kind }),
			...(filter.purpose === undefined ? {} : { purpose: filter.purpose }),
		}),
		placeholderData: keepPreviousData,
	});
	const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
	const open = rows.find((entry) => keyOf(entry) === params.get("model"));
	return (
		<>
			<Panel isPadded={false} aria-label="Whole catalogue" className="[&>div]:pt-0">
				<DataGate query={query}>
					{({ pages: [first] }) => (
						<div
							aria-busy={query.isPlaceholderData}
							className={classNames(query.isPlaceholderData && "opacity-60")}
						>
							<DataTable
								id="catalogue"
								label="Whole catalogue"
								columns={catalogueColumns(nowMs)}
								rows={rows}
								rowKey={keyOf}
								onOpen={(entry) => change({ model: keyOf(entry) }, "push")}
								openKey={params.get("model") ?? undefined}
								toolbar={<CatalogueToolbar kinds={first?.kinds ?? []} />}
								paging={{
									hasMore: query.hasNextPage,
									isLoading: query.isFetchingNextPage,
									loadMore: () => void query.fetchNextPage(),
								}}
								empty={
									<EmptyState
										title="The catalogue has no such model."
										hint="A price can be set for any model that a provider offers, also one that is not listed."
										action={
											<Button onClick={() => change(noModelFilter)}>
												Show the whole catalogue
											</Button>
										}
									/>
								}
							/>
							<p className="px-4 pb-3 text-muted text-sm">
								{formatQuantity(first?.total ?? 0, "model")} as of {first?.version.slice(0, 10)}.
								List prices of the standard tier; what a contract says goes above them.
							</p>
						</div>
					)}
				</DataGate>
			</Panel>
			{open !== undefined && (
				<ModelDrawer
					key={keyOf(open)}
					subject={{
						...open,
						title: open.model,
						place: { scope: "kind", place: open.kind, model: open.model },
						override: open.isOverridden ? "kind" : null,
					}}
					onClose={() => change({ model: null })}
				/>
			)}
		</>
	);
}

function keyOf({ kind, model }: ListedModelInfo): string {
	return `${kind}/${model}`;
}
