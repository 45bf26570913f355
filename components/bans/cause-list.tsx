import Link from "next/link";
import type { ThreatCause } from "../../lib/contracts/bans.ts";
import { Time } from "../ui/time.tsx";
import { layerWords } from "./ban-words.ts";

/** What counted against somebody, newest first; each leads to its request. */
export function CauseList({ causes }: { readonly causes: readonly ThreatCause[] }) {
	if (causes.length === 0) {
		return <p className="text-muted">Nothing is recorded: somebody did this by hand.</p>;
	}
	return (
		<ol className="flex flex-col divide-y divide-line">
			{causes.map(({ at, layer, rule, points, requestId }, index) => (
				<li // biome-ignore lint/suspicious/noArrayIndexKey: two refusals of one millisecond look the same
					key={`${at} ${rule} ${index}`}
					className="flex flex-col gap-0.5 py-2"
				>
					<div className="flex items-baseline justify-between gap-3">
						<span className="min-w-0 break-words text-ink">
							{layerWords[layer] ?? layer}: {rule}
						</span>
						<span className="whitespace-nowrap text-muted text-sm">
							+{points.toFixed(2)} points
						</span>
					</div>
					<div className="flex gap-2 text-faint text-xs">
						<Time at={at} />
						{requestId !== null && (
							<Link
								href={`/requests/${requestId}`}
								className="text-accent-ink underline-offset-2 hover:underline"
							>
								Open request
							</Link>
						)}
					</div>
				</li>
			))}
		</ol>
	);
}
