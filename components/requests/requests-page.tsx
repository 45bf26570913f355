"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useIsNarrow } from "../../lib/client/use-is-narrow.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FollowState } from "./follow-state.tsx";
import { NewRequestsButton } from "./new-requests-button.tsx";
import { NoRequests } from "./no-requests.tsx";
import { requestColumns } from "./request-columns.tsx";
import type { FilterName } from "./request-filters.ts";
import { listSearch, readFilters, readListQuery } from "./request-filters.ts";
import { useRequestList } from "./use-request-list.ts";
import { useScrolledAway } from "./use-scrolled-away.ts";

/** Every request that was recorded, newest first; each leads to its trace. */
export function RequestsPage() {
	const router = useRouter();
	const [params, change] = useUrlState();
	const isNarrow = useIsNarrow();
	const root = useRef<HTMLDivElement>(null);
	const { isAway, toTop } = useScrolledAway(root);
	const list = useRequestList(readListQuery(params), isAway);
	const filters = readFilters(params);
	const pick = (name: FilterName, value: string) => change({ [name]: value }, "push");
	const rows = list.query.data ?? [];
	const newRequests = (
		<NewRequestsButton
			fresh={list.fresh}
			isFloating={isNarrow}
			onShow={() => {
				list.showFresh();
				toTop();
			}}
		/>
	);
	return (
		<>
			<PageHeader
				title="Requests"
				description="Every request the gateway took, newest first. Open one to see what each step decided."
				actions={
					<>
						<FollowState isHeld={list.isHeld} />
						{!isNarrow && newRequests}
					</>
				}
			/>
			<div ref={root} className="min-w-0 scroll-mt-2">
				{isNarrow && newRequests}
				<Panel isPadded={false} aria-label="Requests">
					<DataGate query={list.query} skeleton={<SkeletonRows rows={12} />}>
						{() => (
							<div
								aria-busy={list.isOutdated}
								className={classNames("-mt-2", list.isOutdated && "opacity-60")}
							>
								<DataTable
									id="requests"
									label="Requests"
									columns={requestColumns(pick)}
									rows={rows}
									rowKey={(request) => request.id}
									onOpen={({ id }) =>
										router.push(`/requests/${encodeURIComponent(id)}${listSearch(params)}`)
									}
									toolbar={<FilterBar filters={filters} rows={rows} onChange={change} />}
									paging={list.paging}
									empty={<NoRequests filters={filters} onChange={change} />}
								/>
							</div>
						)}
					</DataGate>
				</Panel>
			</div>
		</>
	);
}
