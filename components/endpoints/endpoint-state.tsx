"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { toTable } from "../../lib/format/chart-points.ts";
import { formatCount, formatDuration, formatShare } from "../../lib/format/numbers.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Lines } from "../charts/lines.tsx";
import { CircuitBadge } from "../ui/circuit-badge.tsx";
import { Time } from "../ui/time.tsx";
import { healthOf, trafficOf } from "./endpoint-health.ts";
import { HealthBadge } from "./health-badge.tsx";
import { latencyLine, seriesPoints, withoutGaps } from "./latency-path.ts";
import { ProbeButton } from "./probe-button.tsx";

/** How a target does on this node, in figures and over the last ten minutes. */
export function EndpointState({ endpoint }: { readonly endpoint: TargetEndpoint }) {
	const { standing, lastCheck } = endpoint;
	const { requests, failures } = trafficOf(endpoint);
	return (
		<section className="flex flex-col gap-4" aria-label="State on this node">
			<div className="rounded-lg border border-line">
				<div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-3.5 py-2.5">
					<HealthBadge endpoint={endpoint} />
					<p className="min-w-0 grow basis-48 text-muted text-sm">{healthOf(endpoint).reason}</p>
					<ProbeButton endpoint={endpoint} />
				</div>
				<dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-3.5 py-3 sm:grid-cols-4">
					<Fact label="Circuit">
						<CircuitBadge state={standing.breaker} />
						{standing.openUntil !== null && (
							<span className="block text-muted text-sm">
								first probe <Time at={standing.openUntil} />
							</span>
						)}
					</Fact>
					<Fact label="Failures in a row">{formatCount(standing.failures)}</Fact>
					<Fact label="Under way">{formatCount(standing.inFlight)}</Fact>
					<Fact label="Worked lately">{formatShare(standing.success)}</Fact>
					<Fact label="First byte">
						{standing.latencyMs === null ? "–" : formatDuration(standing.latencyMs)}
					</Fact>
					<Fact label="Requests, 10 min">
						{formatCount(requests)}
						{failures > 0 && <span className="text-danger-ink">, {failures} failed</span>}
					</Fact>
					<Fact label="Last check">
						<Time at={lastCheck?.at ?? null} />
						{lastCheck?.ok === false && <span className="text-danger-ink"> failed</span>}
					</Fact>
					<Fact label="Last error">
						{standing.lastError === null ? (
							"none"
						) : (
							<>
								<code className="block break-all font-mono text-xs leading-5">
									{standing.lastError.code}
								</code>
								<Time at={standing.lastError.at} />
							</>
						)}
					</Fact>
				</dl>
			</div>
			<Latency endpoint={endpoint} />
			<Routes names={endpoint.routes} />
		</section>
	);
}

function Latency({ endpoint: { series } }: { readonly endpoint: TargetEndpoint }) {
	const points = series === null ? [] : seriesPoints(series);
	return (
		<ChartFrame
			title="Time to the first byte"
			unit="mean of each 10 s, last ten minutes"
			table={withoutGaps(toTable(points, latencyLine, { value: formatDuration }))}
			isEmpty={points.every(({ values }) => values["latencyMs"] === null)}
			empty={{ title: "No answer in the last ten minutes." }}
		>
			<Lines points={points} series={latencyLine} formatValue={formatDuration} height={160} />
		</ChartFrame>
	);
}

function Routes({ names }: { readonly names: readonly string[] }) {
	if (names.length === 0) {
		return <p className="text-muted text-sm">No route names it.</p>;
	}
	return (
		<p className="text-sm">
			<span className="text-muted">In the routes </span>
			{names.map((name, index) => (
				<span key={name}>
					{index > 0 && ", "}
					<Link
						href={`/routes?tab=try&model=${encodeURIComponent(name)}`}
						className="break-all font-mono text-accent-ink underline underline-offset-4"
					>
						{name}
					</Link>
				</span>
			))}
		</p>
	);
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
	return (
		<div className="min-w-0">
			<dt className="text-faint text-xs">{label}</dt>
			<dd className="text-ink">{children}</dd>
		</div>
	);
}
