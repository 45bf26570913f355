"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { budgetChangesQuery } from "../../lib/client/budgets.ts";
import { useNow } from "../../lib/client/use-now.tsx";
import type { BudgetChange } from "../../lib/contracts/budgets.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import type { Difference } from "./change-words.ts";
import { actionWords, differencesOf } from "./change-words.ts";

/** Who set what and when, newest first. */
export function HistoryPanel({ id }: { readonly id: string }) {
	const query = useInfiniteQuery(budgetChangesQuery(id));
	return (
		<Panel title="Changes" description="Newest first">
			<DataGate query={query}>
				{({ pages }) => (
					<ol aria-label="Changes" className="divide-y divide-line">
						{pages
							.flatMap((page) => page.items)
							.map((change) => (
								<li key={change.id} className="py-2.5 first:pt-0 last:pb-0">
									<Change change={change} />
								</li>
							))}
					</ol>
				)}
			</DataGate>
			{query.hasNextPage && (
				<Button
					size="small"
					className="mt-3"
					isBusy={query.isFetchingNextPage}
					onClick={() => void query.fetchNextPage()}
				>
					Show older changes
				</Button>
			)}
		</Panel>
	);
}

function Change({ change }: { readonly change: BudgetChange }) {
	const differences = differencesOf(change, useNow());
	return (
		<>
			<p className="flex flex-wrap items-baseline gap-x-2">
				<span className="font-medium text-ink">{actionWords[change.action]}</span>
				<span className="min-w-0 break-words text-muted text-sm">
					by {change.changedBy}, <Time at={change.changedAt} />
				</span>
			</p>
			{differences.length > 0 && (
				<ul className="mt-1 flex flex-col gap-0.5">
					{differences.map((difference) => (
						<li key={difference.label}>
							<DifferenceLine difference={difference} />
						</li>
					))}
				</ul>
			)}
		</>
	);
}

function DifferenceLine({ difference }: { readonly difference: Difference }) {
	const { label, before, after } = difference;
	return (
		<span className="flex flex-wrap items-baseline gap-x-2">
			<span className="text-muted">{label}</span>
			{before !== null && (
				<>
					<span className="text-muted line-through">{before}</span>
					<ArrowRight aria-hidden="true" className="size-3.5 self-center text-faint" />
					<span className="sr-only">became</span>
				</>
			)}
			<span className="min-w-0 break-words text-ink">{after}</span>
		</span>
	);
}
