import { X } from "lucide-react";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Button } from "../ui/button.tsx";
import type { ChosenFilters } from "./request-filters.ts";
import { chipsOf, clearFilters } from "./request-filters.ts";

interface FilterChipsProps {
	readonly filters: ChosenFilters;
	readonly names: ReadonlyMap<string, string>;
	readonly onChange: (changes: UrlChanges) => void;
}

const longestChip = 40;

export function FilterChips({ filters, names, onChange }: FilterChipsProps) {
	const chips = chipsOf(filters, names);
	if (chips.length === 0) return null;
	return (
		<ul aria-label="Filters" className="flex w-full flex-wrap items-center gap-1.5">
			{chips.map(({ name, label, value }) => (
				<li key={name}>
					<button
						type="button"
						title={`Remove: ${label} ${value}`}
						onClick={() => onChange({ [name]: null })}
						className="flex h-7 items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-3 text-accent-ink text-xs hover:brightness-95 dark:hover:brightness-125"
					>
						<span>
							{label}: <span className="font-medium">{truncateMiddle(value, longestChip)}</span>
						</span>
						<X aria-hidden="true" className="size-3.5" />
						<span className="sr-only">Remove this filter</span>
					</button>
				</li>
			))}
			{chips.length > 1 && (
				<li>
					<Button size="small" variant="ghost" onClick={() => onChange(clearFilters)}>
						Remove all
					</Button>
				</li>
			)}
		</ul>
	);
}
