"use client";

import { ListTree } from "lucide-react";
import Link from "next/link";
import { useNow } from "../../lib/client/use-now.tsx";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Budget, BudgetUsage } from "../../lib/contracts/budgets.ts";
import { formatShare } from "../../lib/format/numbers.ts";
import { RankedBars } from "../charts/ranked-bars.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { shareOf } from "./budget-standing.ts";
import { amountInShort, amountInWords, figureOf, scopeWords } from "./budget-words.ts";
import { Gauge } from "./gauge.tsx";
import { requestsOfBudget } from "./requests-of-budget.ts";

/** Which keys and people spent most of it in this window. */
export function SpendersPanel({ budget }: { readonly budget: Budget }) {
	const { spenders, usage, unit, subjectCount } = budget;
	const now = useNow();
	const isOfOne = subjectCount === 0;
	const items = spenders.map(({ kind, id, name, amount }) => ({
		id: `${kind}:${id}`,
		label: name ?? `${id} (removed)`,
		value: amount,
		note: [
			kind === "key" ? "key" : "person",
			...(isOfOne && usage.spent > 0 ? [formatShare(amount / usage.spent)] : []),
		].join(" · "),
		href: requestsOfBudget(
			{
				scope: kind,
				subject: { id, name },
				windowStart: usage.windowStart,
			},
			now,
		),
	}));
	return (
		<Panel
			title={unit === "usd" ? "Who spends" : "Who uses it"}
			description={
				unit === "usd" ? "Keys, and people in the Playground, in this window" : undefined
			}
			actions={<RequestsLink budget={budget} />}
		>
			{items.length === 0 ? (
				<p className="text-muted">
					{unit === "usd"
						? "Nobody has spent anything in this window."
						: "Only budgets of money keep a ranking; the requests tell for the others."}
				</p>
			) : (
				<RankedBars
					label="Who spends"
					items={items}
					formatValue={(value) => amountInWords(unit, value)}
				/>
			)}
		</Panel>
	);
}

function RequestsLink({ budget }: { readonly budget: Budget }) {
	const { usage } = budget;
	return (
		<Button size="small" asChild>
			<Link href={requestsOfBudget({ ...budget, windowStart: usage.windowStart }, useNow())}>
				<ListTree aria-hidden="true" />
				Requests
			</Link>
		</Button>
	);
}

interface SubjectsPanelProps {
	readonly budget: Budget;
	/** The one whose spending the chart shows. */
	readonly chosen: string | undefined;
}

/** Of a budget that counts each separately: the fullest. */
export function SubjectsPanel({ budget, chosen }: SubjectsPanelProps) {
	const { scope, subjects, subjectCount } = budget;
	const words = scopeWords[scope].plural;
	return (
		<Panel
			title={`Fullest ${words}`}
			description={
				subjectCount > subjects.length
					? `The first ${subjects.length} of ${subjectCount} that used something in this window`
					: "In this window"
			}
		>
			{subjects.length === 0 ? (
				<p className="text-muted">No {words} have used anything in this window.</p>
			) : (
				<ul className="flex flex-col gap-3">
					{subjects.map((usage) => (
						<li key={usage.subject?.id}>
							<SubjectLine budget={budget} usage={usage} isChosen={usage.subject?.id === chosen} />
						</li>
					))}
				</ul>
			)}
		</Panel>
	);
}

interface SubjectLineProps {
	readonly budget: Budget;
	readonly usage: BudgetUsage;
	readonly isChosen: boolean;
}

function SubjectLine({ budget, usage, isChosen }: SubjectLineProps) {
	const { unit, softLimit } = budget;
	const [, change] = useUrlState();
	const id = usage.subject?.id ?? "";
	const name = usage.subject?.name ?? `${id} (removed)`;
	const used = unit === "parallel" ? usage.reserved : usage.spent;
	return (
		<>
			<div className="flex items-baseline justify-between gap-3">
				{unit === "usd" ? (
					<button
						type="button"
						aria-pressed={isChosen}
						onClick={() => change({ subject: id })}
						title="Show how it was spent"
						className="min-w-0 truncate rounded text-left text-ink hover:underline aria-pressed:font-semibold"
					>
						{name}
					</button>
				) : (
					<span className="min-w-0 truncate text-ink">{name}</span>
				)}
				<span className="shrink-0 text-sm">
					{figureOf(unit, used)}{" "}
					<span className="text-muted">
						of {amountInShort(unit, usage.limit)} · {formatShare(shareOf(used, usage.limit))}
					</span>
				</span>
			</div>
			<Gauge label={`Use of ${name}`} unit={unit} usage={usage} softLimit={softLimit} />
		</>
	);
}
