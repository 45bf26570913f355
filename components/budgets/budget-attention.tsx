"use client";

import { ArrowRight, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { Button } from "../ui/button.tsx";
import { levelOf, needsSomebody, whatNow } from "./budget-standing.ts";
import { LevelBadge } from "./level-badge.tsx";

interface BudgetAttentionProps {
	/** Most urgent first. */
	readonly budgets: readonly Budget[];
	/** Whether there are more than these. */
	readonly hasMore: boolean;
	/** Absent for people who may not change budgets. */
	readonly onRaise?: (budget: Budget) => void;
}

const linesMax = 5;

/** What wants a person now, worst first. Calm when nothing does. */
export function BudgetAttention({ budgets, hasMore, onRaise }: BudgetAttentionProps) {
	const urgent = budgets.filter(needsSomebody);
	if (urgent.length === 0) {
		return (
			<p className="flex items-center gap-2 text-muted">
				<CircleCheck aria-hidden="true" className="size-4 shrink-0 text-ok" />
				Nothing to do: {hasMore ? "every budget below" : "every budget"} is within its limits and
				none is expected to run out.
			</p>
		);
	}
	const hidden = urgent.length - linesMax;
	return (
		<section aria-label="Needs attention" className="rounded-lg border border-line bg-surface">
			<ul>
				{urgent.slice(0, linesMax).map((budget) => (
					<li key={budget.id} className="border-line border-b last:border-b-0">
						<AttentionLine budget={budget} {...(onRaise === undefined ? {} : { onRaise })} />
					</li>
				))}
			</ul>
			{hidden > 0 && (
				<p className="border-line border-t px-4 py-2 text-muted text-sm">
					{hidden} more in the list below.
				</p>
			)}
		</section>
	);
}

interface AttentionLineProps {
	readonly budget: Budget;
	readonly onRaise?: (budget: Budget) => void;
}

function AttentionLine({ budget, onRaise }: AttentionLineProps) {
	const level = levelOf(budget);
	return (
		<div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
			<span className="flex w-32 shrink-0">
				<LevelBadge level={level} />
			</span>
			<Link
				href={`/budgets/${budget.id}`}
				title={budget.title}
				className="w-40 truncate rounded font-medium text-ink hover:underline"
			>
				{budget.title}
			</Link>
			<p className="min-w-56 flex-1 text-muted">{whatNow(budget, useNow())}</p>
			<div className="flex gap-2">
				{onRaise !== undefined && level !== "soft" && (
					<Button
						size="small"
						aria-label={`Raise ${budget.title} for a while`}
						onClick={() => onRaise(budget)}
					>
						Raise for a while
					</Button>
				)}
				<Button size="small" asChild>
					<Link href={`/budgets/${budget.id}`} aria-label={`See who spends ${budget.title}`}>
						See why
						<ArrowRight aria-hidden="true" />
					</Link>
				</Button>
			</div>
		</div>
	);
}
