import { Skeleton } from "../ui/skeleton.tsx";

export function RequestSkeleton() {
	return (
		<div className="flex flex-col gap-4">
			<Skeleton className="h-7 w-80" />
			<Skeleton className="h-20 rounded-lg" />
			<Skeleton className="h-96 rounded-lg" />
			<div className="grid gap-3 lg:grid-cols-2">
				<Skeleton className="h-64 rounded-lg" />
				<Skeleton className="h-64 rounded-lg" />
			</div>
		</div>
	);
}
