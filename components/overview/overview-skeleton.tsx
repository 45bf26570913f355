import { Skeleton } from "../ui/skeleton.tsx";

const tiles = ["requests", "blocked", "failed", "spend", "latency"] as const;
const rankings = ["models", "keys", "errors"] as const;

export function OverviewSkeleton() {
	return (
		<div className="flex flex-col gap-3">
			<div className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-5">
				{tiles.map((id) => (
					<div
						key={id}
						className="rounded-lg border border-line bg-surface px-4 py-3 max-lg:first:col-span-2"
					>
						<Skeleton className="w-20" />
						<Skeleton className="mt-3 h-7 w-28" />
						<Skeleton className="mt-3 w-32" />
					</div>
				))}
			</div>
			<div className="grid gap-3 lg:grid-cols-2 xl:grid-cols-4">
				<Skeleton className="h-72 rounded-lg lg:col-span-2" />
				<Skeleton className="h-72 rounded-lg" />
				<Skeleton className="h-72 rounded-lg" />
			</div>
			<div className="grid gap-3 lg:grid-cols-3">
				{rankings.map((id) => (
					<Skeleton key={id} className="h-44 rounded-lg" />
				))}
			</div>
		</div>
	);
}
