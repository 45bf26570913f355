"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Wallet } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { budgetsQuery } from "../../lib/client/budgets.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { BudgetActions } from "./budget-actions.tsx";
import { BudgetAttention } from "./budget-attention.tsx";
import { budgetColumns } from "./budget-columns.tsx";
import type { BudgetTask } from "./budget-dialogs.tsx";
import { BudgetDialogs } from "./budget-dialogs.tsx";
import { CreateBudgetDrawer } from "./budget-drawer.tsx";
import { byUrgency } from "./budget-standing.ts";
import { BudgetsToolbar, noBudgetFilter, useBudgetFilters } from "./budgets-toolbar.tsx";

/** Who may spend how much, how much of it is gone, and whether it will last. */
export function BudgetsPage() {
	const filters = useBudgetFilters();
	const query = useInfiniteQuery(budgetsQuery(filters));
	const mayManage = useMay("budget:manage");
	const seesAll = useMay("keys:manage");
	const [params, change] = useUrlState();
	const [task, setTask] = useState<BudgetTask | undefined>(undefined);
	const router = useRouter();
	const isFiltered =
		filters.unit !== undefined || filters.scope !== undefined || filters.archived === "only";
	const newBudget = mayManage && (
		<Button variant="primary" onClick={() => change({ new: "1" })}>
			<Plus aria-hidden="true" />
			New budget
		</Button>
	);
	return (
		<>
			<PageHeader
				title="Budgets"
				description={
					seesAll
						? "Who may spend and use how much, how much of it is gone, and whether it will last."
						: "Your own budget and those of your keys. An operator sees everybody’s."
				}
				actions={newBudget}
			/>
			<DataGate
				query={query}
				isEmpty={({ pages }) => !isFiltered && pages.every((page) => page.items.length === 0)}
				empty={{
					icon: Wallet,
					title: "Budgets and what is left of them will be here.",
					hint: mayManage
						? "A budget promises what a team, a key or the whole organisation will cost at most: requests that could go beyond it are refused before they reach a provider."
						: "Nobody has limited what you may spend. An administrator can.",
					action: newBudget || undefined,
				}}
			>
				{({ pages }) => (
					<BudgetList
						budgets={byUrgency(pages.flatMap((page) => page.items))}
						query={query}
						onTask={setTask}
						isFiltered={isFiltered}
					/>
				)}
			</DataGate>
			{params.get("new") === "1" && mayManage && (
				<CreateBudgetDrawer
					onClose={() => change({ new: null })}
					onCreated={({ id }) => router.push(`/budgets/${id}`)}
				/>
			)}
			<BudgetDialogs task={task} onClose={() => setTask(undefined)} />
		</>
	);
}

interface BudgetListProps {
	readonly budgets: readonly Budget[];
	readonly query: {
		readonly hasNextPage: boolean;
		readonly isFetchingNextPage: boolean;
		readonly fetchNextPage: () => unknown;
	};
	readonly onTask: (task: BudgetTask) => void;
	readonly isFiltered: boolean;
}

function BudgetList({ budgets, query, onTask, isFiltered }: BudgetListProps) {
	const router = useRouter();
	const mayManage = useMay("budget:manage");
	const [params, change] = useUrlState();
	const isArchive = params.get("show") === "archived";
	return (
		<>
			{!isArchive && budgets.length > 0 && (
				<BudgetAttention
					budgets={budgets}
					hasMore={query.hasNextPage || isFiltered}
					{...(mayManage
						? { onRaise: (subject: Budget) => onTask({ kind: "raise", subject }) }
						: {})}
				/>
			)}
			<Panel isPadded={false} className="[&>div]:pt-0">
				<DataTable
					id="budgets"
					label="Budgets"
					columns={budgetColumns}
					rows={budgets}
					rowKey={({ id }) => id}
					onOpen={({ id }) => router.push(`/budgets/${id}`)}
					rowActions={(budget) => (
						<BudgetActions subject={budget} onTask={(kind) => onTask({ kind, subject: budget })} />
					)}
					toolbar={<BudgetsToolbar />}
					paging={{
						hasMore: query.hasNextPage,
						isLoading: query.isFetchingNextPage,
						loadMore: () => void query.fetchNextPage(),
					}}
					empty={
						<EmptyState
							title={isArchive ? "No budget was archived." : "No budget fits these filters."}
							action={<Button onClick={() => change(noBudgetFilter)}>Show all budgets</Button>}
						/>
					}
				/>
			</Panel>
		</>
	);
}
