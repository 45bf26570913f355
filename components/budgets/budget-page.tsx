"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, SearchX } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { budgetQuery } from "../../lib/client/budgets.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { BudgetTask } from "./budget-dialogs.tsx";
import { BudgetDialogs } from "./budget-dialogs.tsx";
import { BudgetHeader } from "./budget-header.tsx";
import { each, isRate } from "./budget-words.ts";
import { BurnPanel } from "./burn-panel.tsx";
import { ForecastPanel } from "./forecast-panel.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import { SpendersPanel, SubjectsPanel } from "./spending-panels.tsx";
import { StandingPanel } from "./standing-panel.tsx";

/** One budget: where it stands, where it leads, who spends it, and who set it. */
export function BudgetPage({ id }: { readonly id: string }) {
	const query = useQuery({
		...budgetQuery(id),
		retry: (failures, error) => !isUnknown(error) && failures < 2,
	});
	return (
		<>
			<nav aria-label="Around this budget" className="-mb-2">
				<Link
					href="/budgets"
					className="inline-flex items-center gap-1.5 rounded py-1 text-muted text-sm hover:text-ink hover:underline"
				>
					<ArrowLeft aria-hidden="true" className="size-4" />
					All budgets
				</Link>
			</nav>
			{isUnknown(query.error) ? (
				<Missing />
			) : (
				<DataGate query={query}>{(budget) => <BudgetView budget={budget} />}</DataGate>
			)}
		</>
	);
}

function isUnknown(error: unknown): boolean {
	return error instanceof ClientProblem && error.status === 404;
}

function Missing() {
	return (
		<>
			<PageHeader title="No such budget" />
			<Panel>
				<EmptyState
					icon={SearchX}
					title="There is no budget with this address that you may see."
					hint="Deleted budgets are in the archive."
					action={
						<Button asChild>
							<Link href="/budgets?show=archived">Show the archive</Link>
						</Button>
					}
				/>
			</Panel>
		</>
	);
}

function BudgetView({ budget }: { readonly budget: Budget }) {
	const [task, setTask] = useState<BudgetTask["kind"] | undefined>(undefined);
	const mayChange = useMay("budget:manage") && budget.archivedAt === null;
	const [params] = useUrlState();
	const isEach = budget.subject?.id === each;
	const chosen = isEach ? (params.get("subject") ?? undefined) : undefined;
	const close = () => setTask(undefined);
	return (
		<>
			<BudgetHeader budget={budget} {...(mayChange ? { onTask: setTask } : {})} />
			<div className="grid gap-3 lg:grid-cols-3">
				<div className={isRate(budget) ? "grid lg:col-span-3" : "grid lg:col-span-2"}>
					<StandingPanel
						budget={budget}
						{...(mayChange ? { onEndRaise: () => setTask("end-raise") } : {})}
					/>
				</div>
				{!isRate(budget) && <ForecastPanel budget={budget} />}
			</div>
			{budget.unit === "usd" && <BurnPanel budget={budget} subjectId={chosen} />}
			<div className="grid items-start gap-3 lg:grid-cols-2">
				<div className="grid gap-3">
					{isEach && <SubjectsPanel budget={budget} chosen={chosen ?? budget.usage.subject?.id} />}
					<SpendersPanel budget={budget} />
					{!isEach && <HistoryPanel id={budget.id} />}
				</div>
				<div className="grid gap-3">
					<RulesPanel budget={budget} />
					{isEach && <HistoryPanel id={budget.id} />}
				</div>
			</div>
			<BudgetDialogs
				task={task === undefined ? undefined : { kind: task, subject: budget }}
				onClose={close}
			/>
		</>
	);
}
