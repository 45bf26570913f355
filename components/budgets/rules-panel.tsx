import type { ReactNode } from "react";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { amountInWords, unitWords, whose, windowWords } from "./budget-words.ts";

/** What was set, for somebody who did not set it. */
export function RulesPanel({ budget }: { readonly budget: Budget }) {
	const { unit, window, timeZone, hardLimit, softLimit, softAction, downgradeTo } = budget;
	const isDated = window === "day" || window === "week" || window === "month";
	return (
		<Panel title="Rules">
			<dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
				<Rule name="For">{whose(budget)}</Rule>
				<Rule name="Limits">{unitWords[unit].label}</Rule>
				{unit !== "parallel" && (
					<Rule name="Starts anew">
						{windowWords[window].label}
						{isDated && `, ${timeZone}`}
					</Rule>
				)}
				<Rule name="Hard limit">
					{amountInWords(unit, hardLimit)}, then status {unit === "usd" ? "402" : "429"}
				</Rule>
				<Rule name="Soft limit">
					{softLimit === null
						? "none"
						: `${amountInWords(unit, softLimit)}, then ${softAction === "downgrade" ? "a cheaper model" : "a warning"}`}
				</Rule>
				{downgradeTo.length > 0 && (
					<Rule name="Cheaper models">
						<span className="break-all font-mono text-sm">{downgradeTo.join(", ")}</span>
					</Rule>
				)}
				<Rule name="Created">
					<Time at={budget.createdAt} isAbsolute />
				</Rule>
			</dl>
		</Panel>
	);
}

interface RuleProps {
	readonly name: string;
	readonly children: ReactNode;
}

function Rule({ name, children }: RuleProps) {
	return (
		<>
			<dt className="text-muted">{name}</dt>
			<dd className="min-w-0 text-ink">{children}</dd>
		</>
	);
}
