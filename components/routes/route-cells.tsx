import type { Route } from "../../lib/contracts/routes.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { fallbackReasons } from "../../proxy-core/contract/routing.ts";
import { Badge } from "../ui/badge.tsx";
import { CircuitBadge } from "../ui/circuit-badge.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { fallbackWords, kindOf, kindWords, shortScore } from "./route-words.ts";

const shownMax = 3;

export function NameCell({ route }: { readonly route: Route }) {
	const kind = kindWords[kindOf(route)];
	return (
		<div className="min-w-0 max-w-72">
			<div className="flex flex-wrap items-center gap-x-2 gap-y-1">
				<span className="break-all font-medium font-mono text-ink text-sm">{route.name}</span>
				<Tooltip content={kind.says}>
					<Badge>{kind.word}</Badge>
				</Tooltip>
				{route.problem !== null && (
					<Tooltip content={route.problem}>
						<Badge tone="danger">not in force</Badge>
					</Tooltip>
				)}
				{route.missing.length > 0 && (
					<Tooltip content={`Nothing in use is named ${route.missing.join(", ")}.`}>
						<Badge tone="caution">{formatQuantity(route.missing.length, "name")} missing</Badge>
					</Tooltip>
				)}
			</div>
			{route.description !== "" && (
				<div className="truncate text-muted text-sm">{route.description}</div>
			)}
		</div>
	);
}

/** The targets in their present order, or as stored when the order depends on the name asked for. */
export function TargetsCell({ route }: { readonly route: Route }) {
	const { candidates, entries } = route;
	const total = candidates.length === 0 ? entries.length : candidates.length;
	return (
		<div className="flex min-w-0 flex-col gap-1">
			{candidates.length === 0
				? entries.slice(0, shownMax).map(({ target }) => (
						<span key={target} className="break-all font-mono text-muted text-sm">
							{target}
						</span>
					))
				: candidates.slice(0, shownMax).map((candidate) => (
						<div
							key={candidate.target}
							className="flex flex-wrap items-center gap-x-3 gap-y-0.5 sm:flex-nowrap"
						>
							<span className="min-w-0 break-all font-mono text-ink text-sm sm:w-52 sm:shrink-0">
								{candidate.target}
							</span>
							<Tooltip content={candidate.scoreText}>
								<span className="whitespace-nowrap text-muted text-sm sm:w-28 sm:shrink-0">
									{shortScore(candidate.scoreText)}
								</span>
							</Tooltip>
							<CircuitBadge state={candidate.standing.breaker} />
						</div>
					))}
			{total > shownMax && <span className="text-faint text-sm">and {total - shownMax} more</span>}
		</div>
	);
}

export function FallbacksCell({ route }: { readonly route: Route }) {
	const chains = fallbackReasons.filter((reason) => route.fallbacks[reason].length > 0);
	if (chains.length === 0) return <span className="text-faint">none</span>;
	return (
		<div className="flex min-w-0 max-w-80 flex-col gap-0.5 sm:min-w-44">
			{chains.map((reason) => (
				<Tooltip key={reason} content={fallbackWords[reason].help}>
					<span className="text-sm">
						<span className="text-muted">{fallbackWords[reason].short}: </span>
						<span className="wrap-anywhere font-mono text-ink">
							{route.fallbacks[reason].join(" → ")}
						</span>
					</span>
				</Tooltip>
			))}
		</div>
	);
}
