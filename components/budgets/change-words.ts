import type { BudgetChange } from "../../lib/contracts/budgets.ts";
import { amountInWords, moment, windowWords } from "./budget-words.ts";

/** One thing that was set: how it was, how it is. */
export interface Difference {
	readonly label: string;
	/** Null: there was nothing before. */
	readonly before: string | null;
	readonly after: string;
}

type Configuration = BudgetChange["after"];

export const actionWords: Readonly<Record<BudgetChange["action"], string>> = {
	created: "Created",
	changed: "Changed",
	raised: "Raise changed",
	archived: "Deleted",
};

/** What a change did, in words; of a new budget what it began with. */
export function differencesOf({ before, after }: BudgetChange, now: Date): readonly Difference[] {
	const facts = factsOf(after, now);
	if (before === null) {
		return facts
			.filter(({ isUsual }) => !isUsual)
			.map(({ label, text }) => ({ label, before: null, after: text }));
	}
	const old = new Map(factsOf(before, now).map(({ label, text }) => [label, text]));
	return facts
		.filter(({ label, text }) => old.get(label) !== text)
		.map(({ label, text }) => ({ label, before: old.get(label) ?? null, after: text }));
}

interface Fact {
	readonly label: string;
	readonly text: string;
	/** Not worth a line when a budget is made. */
	readonly isUsual: boolean;
}

function factsOf(one: Configuration, now: Date): readonly Fact[] {
	const { unit, window, timeZone, softLimit, raise, downgradeTo } = one;
	const isNever = unit === "parallel";
	return [
		{ label: "Name", text: one.title, isUsual: true },
		{ label: "Hard limit", text: amountInWords(unit, one.hardLimit), isUsual: false },
		{
			label: "Soft limit",
			text: softLimit === null ? "none" : amountInWords(unit, softLimit),
			isUsual: softLimit === null,
		},
		{ label: "Starts anew", text: windowWords[window].label, isUsual: isNever },
		{ label: "Time zone", text: timeZone, isUsual: true },
		{
			label: "At the soft limit",
			text: one.softAction === "downgrade" ? "use a cheaper model" : "warn",
			isUsual: one.softAction === "notify",
		},
		{
			label: "Cheaper models",
			text: downgradeTo.length === 0 ? "none" : downgradeTo.join(", "),
			isUsual: downgradeTo.length === 0,
		},
		{ label: "In force", text: one.isEnabled ? "yes" : "no", isUsual: one.isEnabled },
		{
			label: "Raise",
			text:
				raise === null
					? "none"
					: `+${amountInWords(unit, raise.amount)} until ${moment(new Date(raise.until), timeZone, now)}`,
			isUsual: raise === null,
		},
	];
}
