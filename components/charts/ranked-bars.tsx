import Link from "next/link";

export interface RankedItem {
	readonly id: string;
	readonly label: string;
	readonly value: number;
	/** Beside the value, such as the cost of those requests. */
	readonly note?: string;
	/** Narrows what is looked at to this. */
	readonly href?: string;
}

interface RankedBarsProps {
	/** Says what is ranked by what: "Models by requests". */
	readonly label: string;
	/** Largest first. */
	readonly items: readonly RankedItem[];
	readonly formatValue: (value: number) => string;
	readonly color?: string;
}

/** A ranking with its labels on the bars; text, so it needs no table behind it. */
export function RankedBars(props: RankedBarsProps) {
	const { label, items, formatValue, color = "var(--accent)" } = props;
	const top = Math.max(1, ...items.map((item) => item.value));
	return (
		<ol aria-label={label} className="flex flex-col gap-2.5">
			{items.map((item) => (
				<li key={item.id}>
					<div className="flex items-baseline justify-between gap-3">
						<span className="min-w-0 truncate text-ink" title={item.label}>
							{item.href === undefined ? (
								item.label
							) : (
								<Link href={item.href} className="rounded hover:underline">
									{item.label}
								</Link>
							)}
						</span>
						<span className="shrink-0 text-sm">
							{formatValue(item.value)}
							{item.note !== undefined && <span className="ml-2 text-muted">{item.note}</span>}
						</span>
					</div>
					<div className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken dark:bg-raised">
						<div
							className="h-full rounded-full"
							style={{ width: `${(item.value / top) * 100}%`, background: color }}
						/>
					</div>
				</li>
			))}
		</ol>
	);
}
