"use client";

import type { BudgetFilters } from "../../lib/client/budgets.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { quotaScopes, quotaUnits } from "../../proxy-core/contract/quota.ts";
import { UrlChoice } from "../ui/url-filters.tsx";
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
	return (
		<>
			<UrlChoice
				name="unit"
				label="Limits what"
				any="Money and counts"
				options={quotaUnits.map((value) => ({ value, label: unitWords[value].label }))}
			/>
			<UrlChoice
				name="scope"
				label="For whom"
				any="For anything"
				options={quotaScopes.map((value) => ({ value, label: scopeWords[value].label }))}
			/>
			<UrlChoice
				name="show"
				label="Show"
				any="Current"
				options={[{ value: "archived", label: "Archived" }]}
			/>
		</>
	);
}
