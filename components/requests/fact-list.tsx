import type { ReactNode } from "react";

export interface Fact {
	readonly label: string;
	/** Null: there is none, which is said. */
	readonly value: ReactNode;
	/** A part of the fact above it. */
	readonly isPart?: boolean;
}

export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
	return (
		<dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-1.5">
			{facts.map(({ label, value, isPart = false }) => (
				<div key={label} className="col-span-2 grid grid-cols-subgrid">
					<dt className={isPart ? "pl-3 text-muted" : "text-muted"}>{label}</dt>
					<dd className="min-w-0 break-words text-ink">
						{value ?? <span className="text-faint">none</span>}
					</dd>
				</div>
			))}
		</dl>
	);
}
