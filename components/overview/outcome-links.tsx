import Link from "next/link";
import { requestsHref } from "../../lib/client/requests-href.ts";
import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { Series } from "../../lib/format/chart-points.ts";
import { outcomes } from "../../proxy-core/contract/settled-record.ts";

interface OutcomeLinksProps {
	readonly series: readonly Series[];
	readonly choice: RangeChoice;
}

/** A legend whose entries lead to the requests that ended so. */
export function OutcomeLinks({ series, choice }: OutcomeLinksProps) {
	return (
		<ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
			{series.map(({ id, label, color }) => {
				const outcome = outcomes.find((candidate) => candidate === id);
				return (
					<li key={id}>
						<Link
							href={requestsHref(choice, { outcome })}
							className="flex items-center gap-1.5 rounded py-0.5 text-muted text-xs hover:text-ink hover:underline"
						>
							<span
								aria-hidden="true"
								className="size-2.5 rounded-sm"
								style={{ background: color }}
							/>
							{label}
						</Link>
					</li>
				);
			})}
		</ul>
	);
}
