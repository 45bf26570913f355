import type { ReactNode } from "react";

interface FilterCellProps {
	/** What pressing it shows: "requests of CI runner". */
	readonly only: string;
	readonly onPick: () => void;
	readonly children: ReactNode;
}

/** A value of a row that narrows the list to itself. By keyboard the filters above do the same. */
export function FilterCell({ only, onPick, children }: FilterCellProps) {
	return (
		<button
			type="button"
			tabIndex={-1}
			title={`Only ${only}`}
			onClick={onPick}
			className="max-w-full rounded text-left decoration-line-strong underline-offset-4 hover:underline"
		>
			{children}
		</button>
	);
}
