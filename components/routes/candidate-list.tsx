import { Ban } from "lucide-react";
import type { RouteCandidate } from "../../lib/contracts/routes.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { Badge } from "../ui/badge.tsx";
import { CandidateStanding } from "./candidate-standing.tsx";

interface Listed extends RouteCandidate {
	/** Why it would not be asked; null when it would. */
	readonly skipped?: string | null;
}

interface CandidateListProps {
	readonly label: string;
	readonly candidates: readonly Listed[];
	/** Marked as the one that would be asked first. */
	readonly chosen?: string | null;
}

/** Targets in the order in which they would be tried, each with its score and its standing. */
export function CandidateList({ label, candidates, chosen = null }: CandidateListProps) {
	return (
		<ol aria-label={label} className="divide-y divide-line rounded-lg border border-line">
			{candidates.map((candidate, index) => (
				<li key={candidate.target} className="flex gap-3 px-3 py-2.5">
					<span
						aria-hidden="true"
						className={classNames(
							"mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full text-xs",
							candidate.target === chosen ? "bg-accent-fill text-white" : "bg-sunken text-muted",
						)}
					>
						{index + 1}
					</span>
					<div className="flex min-w-0 grow flex-col gap-1">
						<div className="flex flex-wrap items-baseline justify-between gap-x-3">
							<span
								className={classNames(
									"break-all font-medium font-mono text-sm",
									isSkipped(candidate) ? "text-muted" : "text-ink",
								)}
							>
								{candidate.target}
								{candidate.target === chosen && (
									<Badge tone="accent" className="ml-2 font-sans">
										asked first
									</Badge>
								)}
							</span>
							<span className="text-ink text-sm">{candidate.scoreText}</span>
						</div>
						<CandidateStanding standing={candidate.standing} />
						{isSkipped(candidate) && (
							<p className="flex items-start gap-1.5 text-caution-ink text-sm">
								<Ban aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
								<span>Skipped: {candidate.skipped}</span>
							</p>
						)}
					</div>
				</li>
			))}
		</ol>
	);
}

function isSkipped({ skipped = null }: Listed): boolean {
	return skipped !== null;
}
