"use client";

import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { RequestSummary } from "../../lib/contracts/requests.ts";
import type { SelectOption } from "../ui/select.tsx";
import { Select } from "../ui/select.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { MoreFilters } from "./more-filters.tsx";
import type { ChosenFilters } from "./request-filters.ts";
import { actionWords, outcomeWords } from "./request-filters.ts";
import { SearchById } from "./search-by-id.tsx";
import { useKeyNames, useOwnerNames } from "./use-key-names.ts";

interface FilterBarProps {
	readonly filters: ChosenFilters;
	/** What is on the screen; its values are offered as choices. */
	readonly rows: readonly RequestSummary[];
	readonly onChange: (changes: UrlChanges) => void;
}

const any = "any";

export function FilterBar({ filters, rows, onChange }: FilterBarProps) {
	const keyNames = useKeyNames(rows);
	const ownerNames = useOwnerNames(rows);
	return (
		<>
			<SearchById
				key={filters.search ?? ""}
				value={filters.search ?? ""}
				onChange={(search) => onChange({ search })}
			/>
			<ChoiceFilter
				label="Outcome"
				anyLabel="Any outcome"
				words={outcomeWords}
				value={filters.outcome}
				onChange={(outcome) => onChange({ outcome })}
			/>
			<ChoiceFilter
				label="Decision"
				anyLabel="Any decision"
				words={actionWords}
				value={filters.action}
				onChange={(action) => onChange({ action })}
			/>
			<MoreFilters filters={filters} rows={rows} keyNames={keyNames} onChange={onChange} />
			<FilterChips
				filters={filters}
				names={new Map([...keyNames, ...ownerNames])}
				onChange={onChange}
			/>
		</>
	);
}

interface ChoiceFilterProps {
	readonly label: string;
	readonly anyLabel: string;
	readonly words: Readonly<Record<string, string>>;
	readonly value: string | undefined;
	readonly onChange: (value: string | null) => void;
}

function ChoiceFilter({ label, anyLabel, words, value, onChange }: ChoiceFilterProps) {
	const options: readonly SelectOption[] = [
		{ value: any, label: anyLabel },
		...Object.entries(words).map(([id, word]) => ({ value: id, label: word })),
	];
	return (
		<Select
			aria-label={label}
			size="small"
			className="w-32"
			options={options}
			value={value ?? any}
			onChange={(next) => onChange(next === any ? null : next)}
		/>
	);
}
