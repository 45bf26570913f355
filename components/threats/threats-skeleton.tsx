import { Skeleton } from "../ui/skeleton.tsx";

/** The shape of the page before its numbers come. */
export function ThreatsSkeleton() {
	return (
		<div className="flex flex-col gap-3">
			<div className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-5">
				{["events", "stopped", "would", "addresses", "rate"].map((tile) => (
					<Skeleton key={tile} className="h-28" />
				))}
			</div>
			<div className="grid gap-3 xl:grid-cols-3">
				<Skeleton className="h-80 xl:col-span-2" />
				<Skeleton className="h-80" />
			</div>
		</div>
	);
}
