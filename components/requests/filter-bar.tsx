"use client";

import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { RequestSummary } from "../../lib/contracts/requests.ts";
import { FilterChips } from "../ui/filter-chips.tsx";
import { optionsOfWords, UrlChoice, UrlSearchOnEnter } from "../ui/url-filters.tsx";
import { MoreFilters } from "./more-filters.tsx";
import type { ChosenFilters } from "./request-filters.ts";
import { actionWords, chipsOf, clearFilters, outcomeWords } from "./request-filters.ts";
import { useKeyNames, useOwnerNames } from "./use-key-names.ts";

interface FilterBarProps {
	readonly filters: ChosenFilters;
	/** What is on the screen; its values are offered as choices. */
	readonly rows: readonly RequestSummary[];
	readonly onChange: (changes: UrlChanges) => void;
}

export function FilterBar({ filters, rows, onChange }: FilterBarProps) {
	const keyNames = useKeyNames(rows);
	const ownerNames = useOwnerNames(rows);
	return (
		<>
			<UrlSearchOnEnter label="Search by request id" placeholder="Request id" />
			<UrlChoice
				name="outcome"
				label="Outcome"
				any="Any outcome"
				options={optionsOfWords(outcomeWords)}
			/>
			<UrlChoice
				name="action"
				label="Decision"
				any="Any decision"
				options={optionsOfWords(actionWords)}
			/>
			<MoreFilters filters={filters} rows={rows} keyNames={keyNames} onChange={onChange} />
			<FilterChips
				chips={chipsOf(filters, new Map([...keyNames, ...ownerNames]))}
				onRemove={(name) => onChange({ [name]: null })}
				onClear={() => onChange(clearFilters)}
			/>
		</>
	);
}
