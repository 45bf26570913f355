import { classNames } from "../../lib/format/class-names.ts";

/** A grey stand-in in the shape of what comes. Hidden from screen readers; `DataGate` says that it loads. */
export function Skeleton({ className }: { readonly className?: string }) {
	return (
		<div
			aria-hidden="true"
			className={classNames("skeleton-wave h-4 rounded bg-line", className)}
		/>
	);
}

const lineWidths = ["w-11/12", "w-4/5", "w-full", "w-3/4"] as const;

export function SkeletonRows({ rows = 6 }: { readonly rows?: number }) {
	return (
		<div className="flex flex-col gap-3 p-4">
			{Array.from({ length: rows }, (_, row) => (
				<Skeleton
					key={`row-${String(row)}`}
					className={lineWidths[row % lineWidths.length] ?? "w-full"}
				/>
			))}
		</div>
	);
}
