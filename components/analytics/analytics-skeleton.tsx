import { analyticsMetrics } from "../../lib/contracts/analytics.ts";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";

export function AnalyticsSkeleton() {
	return (
		<div className="flex flex-col gap-3">
			<div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
				{analyticsMetrics.map((id) => (
					<Skeleton key={id} className="h-28 rounded-lg max-lg:first:col-span-2" />
				))}
			</div>
			<Skeleton className="h-80 rounded-lg" />
			<SkeletonRows rows={8} />
		</div>
	);
}
