"use client";

import { useState } from "react";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { BudgetInput } from "../../lib/contracts/budgets.ts";
import type { BudgetDraft } from "./budget-draft.ts";
import { changed, checkDraft } from "./budget-draft.ts";

/** Fields as the contract names them; the server's issues bear these names. */
export type BudgetField = keyof BudgetInput;

export interface BudgetDraftState {
	readonly draft: BudgetDraft;
	readonly change: (part: Partial<BudgetDraft>) => void;
	readonly touch: (field: BudgetField) => void;
	/** What to show below a field: our word once the field was left, or the server's. */
	readonly issueOf: (field: BudgetField) => string | undefined;
	/** Shows every issue; the input when there is none. */
	readonly finish: () => BudgetInput | undefined;
}

export function useBudgetDraft(initial: BudgetDraft, error: unknown): BudgetDraftState {
	const [draft, setDraft] = useState(initial);
	const [touched, setTouched] = useState<ReadonlySet<string> | "all">(new Set());
	const check = checkDraft(draft);
	const own = check.ok ? [] : check.issues;
	const server = error instanceof ClientProblem ? error.issues : [];
	const isShown = (field: BudgetField) => touched === "all" || touched.has(field);
	return {
		draft,
		change: (part) => setDraft((current) => changed(current, part)),
		touch: (field) =>
			setTouched((current) => (current === "all" ? current : new Set([...current, field]))),
		issueOf: (field) => {
			const shown = isShown(field) ? own.find((issue) => issue.path === field) : undefined;
			return (shown ?? server.find((issue) => issue.path.split(".")[0] === field))?.message;
		},
		finish: () => {
			setTouched("all");
			return check.ok ? check.input : undefined;
		},
	};
}
