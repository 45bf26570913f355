import type { ReactNode } from "react";
import type { Route } from "../../lib/contracts/routes.ts";
import { fallbackReasons } from "../../proxy-core/contract/routing.ts";
import { fallbackWords } from "./route-words.ts";
import type { StrategyWords } from "./strategy-field.tsx";

interface RouteFactsProps {
	readonly route: Route;
	readonly strategy: StrategyWords | undefined;
}

/** A route for those who may look and not change. */
export function RouteFacts({ route, strategy }: RouteFactsProps) {
	const isWeighted = route.strategy === "weighted";
	return (
		<dl className="flex flex-col gap-4">
			{route.description !== "" && <Fact label="Description">{route.description}</Fact>}
			<Fact label="Strategy">
				{strategy?.title ?? route.strategy}
				{strategy !== undefined && (
					<span className="block text-muted text-sm">{strategy.formula}</span>
				)}
			</Fact>
			<Fact label="Targets">
				<ol className="list-inside list-decimal">
					{route.entries.map(({ target, weight }) => (
						<li key={target} className="break-all font-mono text-sm">
							{target}
							{isWeighted && <span className="font-sans text-muted"> · weight {weight}</span>}
						</li>
					))}
				</ol>
			</Fact>
			{fallbackReasons
				.filter((reason) => route.fallbacks[reason].length > 0)
				.map((reason) => (
					<Fact key={reason} label={`Fallbacks: ${fallbackWords[reason].title.toLowerCase()}`}>
						<span className="break-all font-mono text-sm">
							{route.fallbacks[reason].join(" → ")}
						</span>
					</Fact>
				))}
			<Fact label="Sticky sessions">{route.isSticky ? "Yes" : "No"}</Fact>
			<Fact label="Retries">{route.retries ?? "As in the settings"}</Fact>
			<Fact label="In use">{route.isEnabled ? "Yes" : "No"}</Fact>
		</dl>
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
