import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { formatCount, formatDuration, formatShare } from "../../lib/format/numbers.ts";
import { CircuitBadge } from "../ui/circuit-badge.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { Time } from "../ui/time.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { healthOf, healthStates, trafficOf } from "./endpoint-health.ts";
import { EndpointSwitch } from "./endpoint-switch.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { LatencySparkline } from "./latency-sparkline.tsx";
import { timeoutsInWords } from "./timeout-words.ts";

const nothing = <span className="text-faint">–</span>;

export const endpointColumns: readonly Column<TargetEndpoint>[] = [
	{
		id: "target",
		header: "Endpoint",
		isPrimary: true,
		sortBy: (endpoint) => endpoint.target,
		cell: ({ target, providerTitle, routes }) => (
			<div className="min-w-0 max-w-56">
				<div className="break-all font-medium font-mono text-ink text-sm">{target}</div>
				<div className="truncate text-faint text-xs">
					{providerTitle}
					{routes.length > 0 && ` · in ${routes.join(", ")}`}
				</div>
			</div>
		),
	},
	{
		id: "health",
		header: "Health",
		// The worst first.
		sortBy: (endpoint) => healthStates.indexOf(healthOf(endpoint).state),
		exportAs: (endpoint) => healthOf(endpoint).state,
		cell: (endpoint) => (
			<div className="flex flex-col items-start gap-0.5">
				<HealthBadge endpoint={endpoint} />
				{endpoint.lastCheck !== null && (
					<span className="whitespace-nowrap text-faint text-xs">
						checked <Time at={endpoint.lastCheck.at} />
					</span>
				)}
			</div>
		),
	},
	{
		id: "circuit",
		header: "Circuit",
		sortBy: ({ standing }) => standing.breaker,
		cell: ({ standing }) => (
			<div className="flex flex-col items-start gap-0.5">
				<CircuitBadge state={standing.breaker} />
				{standing.openUntil !== null && (
					<span className="whitespace-nowrap text-faint text-xs">
						probe <Time at={standing.openUntil} />
					</span>
				)}
			</div>
		),
	},
	{
		id: "latency",
		header: "First byte, 10 min",
		sortBy: ({ standing }) => standing.latencyMs,
		cell: ({ standing, series }) => (
			<div className="flex flex-wrap items-center gap-x-3 sm:flex-nowrap">
				<span className="whitespace-nowrap sm:w-14 sm:text-right">
					{standing.latencyMs === null ? nothing : formatDuration(standing.latencyMs)}
				</span>
				{series !== null && <LatencySparkline series={series} />}
			</div>
		),
	},
	{
		id: "success",
		header: "Worked",
		align: "right",
		sortBy: ({ standing }) => standing.success,
		cell: (endpoint) => <SuccessCell endpoint={endpoint} />,
	},
	{
		id: "inFlight",
		header: "Under way",
		align: "right",
		sortBy: ({ standing }) => standing.inFlight,
		cell: ({ standing }) => formatCount(standing.inFlight),
	},
	{
		id: "priority",
		header: "Priority",
		align: "right",
		sortBy: ({ priority }) => priority,
		cell: ({ priority }) => priority,
	},
	{
		id: "timeouts",
		header: "Timeouts",
		exportAs: ({ timeouts }) => timeoutsInWords(timeouts) ?? "",
		cell: ({ timeouts, timeoutsInForce }) => (
			<Tooltip content={`In force: ${timeoutsInWords(timeoutsInForce) ?? ""}`}>
				<span className="text-sm">
					{timeoutsInWords(timeouts) ?? <span className="text-faint">default</span>}
				</span>
			</Tooltip>
		),
	},
	{
		id: "lastError",
		header: "Last error",
		isHiddenByDefault: true,
		sortBy: ({ standing }) => standing.lastError?.at ?? null,
		exportAs: ({ standing }) => standing.lastError?.code ?? null,
		cell: ({ standing: { lastError } }) =>
			lastError === null ? (
				nothing
			) : (
				<span className="whitespace-nowrap">
					<code className="font-mono text-sm">{lastError.code}</code> <Time at={lastError.at} />
				</span>
			),
	},
	{
		id: "enabled",
		header: "Enabled",
		exportAs: ({ isEnabled }) => isEnabled,
		cell: (endpoint) => <EndpointSwitch endpoint={endpoint} />,
	},
];

/** A share of nothing would be a made-up number. */
function SuccessCell({ endpoint }: { readonly endpoint: TargetEndpoint }) {
	const { standing } = endpoint;
	const { requests, failures } = trafficOf(endpoint);
	if (standing.latencyMs === null && standing.lastError === null) return nothing;
	return (
		<Tooltip
			content={`Of recent requests, half-life one minute. Last ten minutes: ${formatCount(requests)} sent, ${formatCount(failures)} failed.`}
		>
			<span className="whitespace-nowrap">{formatShare(standing.success)}</span>
		</Tooltip>
	);
}
