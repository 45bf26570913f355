"use client";

import type { BudgetFilters } from "../../lib/client/budgets.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { quotaScopes, quotaUnits } from "../../proxy-core/contract/quota.ts";
import { Select } from "../ui/select.tsx";
import { scopeWords, unitWords } from "./budget-words.ts";

export const noBudgetFilter = { unit: null, scope: null, show: null } as const;

const pageSize = 100;

/** The filters as they stand in the address. */
export function useBudgetFilters(): BudgetFilters {
	const [params] = useUrlState();
	const unit = quotaUnits.find((known) => known === params.get("unit"));
	const scope = quotaScopes.find((known) => known === params.get("scope"));
	return {
		limit: pageSize,
		archived: params.get("show") === "archived" ? "only" : "exclude",
		...(unit === undefined ? {} : { unit }),
		...(scope === undefined ? {} : { scope }),
	};
}

export function BudgetsToolbar() {
	const [, change] = useUrlState();
	const { unit, scope, archived } = useBudgetFilters();
	return (
		<>
			<Select
				size="small"
				aria-label="Limits what"
				className="w-auto min-w-32"
				options={[
					{ value: "all", label: "Money and counts" },
					...quotaUnits.map((value) => ({ value, label: unitWords[value].label })),
				]}
				value={unit ?? "all"}
				onChange={(next) => change({ unit: next === "all" ? null : next })}
			/>
			<Select
				size="small"
				aria-label="For whom"
				className="w-auto min-w-32"
				options={[
					{ value: "all", label: "For anything" },
					...quotaScopes.map((value) => ({ value, label: scopeWords[value].label })),
				]}
				value={scope ?? "all"}
				onChange={(next) => change({ scope: next === "all" ? null : next })}
			/>
			<Select
				size="small"
				aria-label="Show"
				className="w-auto min-w-28"
				options={[
					{ value: "current", label: "Current" },
					{ value: "archived", label: "Archived" },
				]}
				value={archived === "only" ? "archived" : "current"}
				onChange={(next) => change({ show: next === "archived" ? next : null })}
			/>
		</>
	);
}
