"use client";

import type { ReactNode } from "react";
import type { Provider } from "../../lib/contracts/providers.ts";
import { formatCount, formatDuration, formatShare } from "../../lib/format/numbers.ts";
import { Time } from "../ui/time.tsx";
import { CheckButton } from "./check-button.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { healthOf } from "./provider-health.ts";

/** How a provider does, in the words of its last check and the numbers of its traffic. */
export function HealthSummary({ provider }: { readonly provider: Provider }) {
	const { health } = provider;
	return (
		<section className="rounded-lg border border-line">
			<div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-3.5 py-2.5">
				<HealthBadge provider={provider} />
				<p className="min-w-0 grow basis-48 text-muted text-sm">{healthOf(provider).reason}</p>
				<CheckButton provider={provider} />
			</div>
			<dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-3.5 py-3 sm:grid-cols-4">
				<Fact label="Last check">
					<Time at={health.check?.at ?? null} />
				</Fact>
				<Fact label="Requests, 15 min">{formatCount(health.requests)}</Fact>
				<Fact label="Failed">
					{health.errorRate === null ? "–" : formatShare(health.errorRate)}
				</Fact>
				<Fact label="Latency p50">
					{health.latencyMsP50 === null ? "–" : formatDuration(health.latencyMsP50)}
				</Fact>
			</dl>
		</section>
	);
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
	return (
		<div>
			<dt className="text-faint text-xs">{label}</dt>
			<dd className="text-ink">{children}</dd>
		</div>
	);
}
