import type { ReactNode } from "react";
import type { TargetStanding } from "../../lib/contracts/routes.ts";
import { formatDuration, formatShare } from "../../lib/format/numbers.ts";
import { CircuitBadge } from "../ui/circuit-badge.tsx";
import { Time } from "../ui/time.tsx";

/** How a target stands on this node, in one line that wraps. */
export function CandidateStanding({ standing }: { readonly standing: TargetStanding }) {
	const { breaker, openUntil, coolingUntil, success, latencyMs, inFlight, lastError } = standing;
	return (
		<div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
			<CircuitBadge state={breaker} />
			{openUntil !== null && (
				<span>
					first probe <Time at={openUntil} />
				</span>
			)}
			{coolingUntil !== null && (
				<span>
					asked for a pause, over <Time at={coolingUntil} />
				</span>
			)}
			<Fact label="worked">{formatShare(success)}</Fact>
			<Fact label="first byte">{latencyMs === null ? "–" : formatDuration(latencyMs)}</Fact>
			<Fact label="under way">{inFlight}</Fact>
			{lastError !== null && (
				<span>
					last error <code className="font-mono">{lastError.code}</code> <Time at={lastError.at} />
				</span>
			)}
		</div>
	);
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
	return (
		<span className="whitespace-nowrap">
			<span className="text-ink">{children}</span> {label}
		</span>
	);
}
