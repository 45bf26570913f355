import { X } from "lucide-react";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Button } from "./button.tsx";

export interface FilterChip<Name extends string> {
	readonly name: Name;
	/** What is filtered: "Layer". */
	readonly label: string;
	/** By what. */
	readonly text: string;
}

interface FilterChipsProps<Name extends string> {
	readonly chips: readonly FilterChip<Name>[];
	readonly onRemove: (name: Name) => void;
	readonly onClear: () => void;
}

const longestChip = 40;

/** The filters in force; a click takes one away. */
export function FilterChips<Name extends string>(props: FilterChipsProps<Name>) {
	const { chips, onRemove, onClear } = props;
	if (chips.length === 0) return null;
	return (
		<ul aria-label="Filters" className="flex w-full flex-wrap items-center gap-1.5">
			{chips.map(({ name, label, text }) => (
				<li key={name}>
					<button
						type="button"
						title={`Remove: ${label} ${text}`}
						onClick={() => onRemove(name)}
						className="flex h-7 items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-3 text-accent-ink text-xs hover:brightness-95 dark:hover:brightness-125"
					>
						<span>
							{label}: <span className="font-medium">{truncateMiddle(text, longestChip)}</span>
						</span>
						<X aria-hidden="true" className="size-3.5" />
						<span className="sr-only">Remove this filter</span>
					</button>
				</li>
			))}
			{chips.length > 1 && (
				<li>
					<Button size="small" variant="ghost" onClick={onClear}>
						Remove all
					</Button>
				</li>
			)}
		</ul>
	);
}
