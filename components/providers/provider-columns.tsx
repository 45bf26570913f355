import type { Provider } from "../../lib/contracts/providers.ts";
import {
	formatCount,
	formatDuration,
	formatQuantity,
	formatShare,
} from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { Time } from "../ui/time.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { EnabledSwitch } from "./enabled-switch.tsx";
import { HealthBadge, healthLooks } from "./health-badge.tsx";
import { healthOf } from "./provider-health.ts";

const nothing = <span className="text-faint">–</span>;

const origins: Readonly<
	Record<Provider["origin"], { readonly word: string; readonly says: string }>
> = {
	console: { word: "Console", says: "Added here." },
	environment: {
		word: "Environment",
		says: "From variables of the server’s environment; address and credentials are changed there.",
	},
	"built-in": { word: "Built in", says: "Part of the gateway: answers offline, at no real cost." },
};

export const providerColumns: readonly Column<Provider>[] = [
	{
		id: "title",
		header: "Provider",
		isPrimary: true,
		sortBy: (provider) => provider.title,
		cell: (provider) => (
			<div className="min-w-0 max-w-64">
				<div className="truncate font-medium text-ink">{provider.title}</div>
				<div className="truncate text-faint text-xs">
					<span className="font-mono">{provider.id}</span> · {provider.kindTitle}
				</div>
			</div>
		),
	},
	{
		id: "health",
		header: "Health",
		sortBy: (provider) => healthLooks[healthOf(provider).state].word,
		cell: (provider) => (
			<div className="flex flex-col items-start gap-0.5">
				<HealthBadge provider={provider} />
				{provider.health.check !== null && (
					<span className="whitespace-nowrap text-faint text-xs">
						checked <Time at={provider.health.check.at} />
					</span>
				)}
			</div>
		),
	},
	{
		id: "requests",
		header: "Requests, 15 min",
		align: "right",
		sortBy: (provider) => provider.health.requests,
		cell: (provider) => formatCount(provider.health.requests),
	},
	{
		id: "errorRate",
		header: "Failed",
		align: "right",
		sortBy: (provider) => provider.health.errorRate,
		cell: ({ health }) => (health.errorRate === null ? nothing : formatShare(health.errorRate)),
	},
	{
		id: "latency",
		header: "Latency p50",
		align: "right",
		sortBy: (provider) => provider.health.latencyMsP50,
		cell: ({ health }) =>
			health.latencyMsP50 === null ? nothing : formatDuration(health.latencyMsP50),
	},
	{
		id: "models",
		header: "Models",
		sortBy: (provider) => provider.models.length,
		cell: (provider) => <ModelsCell provider={provider} />,
	},
	{
		id: "origin",
		header: "Origin",
		sortBy: (provider) => origins[provider.origin].word,
		cell: ({ origin }) => (
			<Tooltip content={origins[origin].says}>
				<span className="whitespace-nowrap">{origins[origin].word}</span>
			</Tooltip>
		),
	},
	{
		id: "enabled",
		header: "Enabled",
		exportAs: (provider) => provider.isEnabled,
		cell: (provider) => <EnabledSwitch provider={provider} />,
	},
];

function ModelsCell({ provider }: { readonly provider: Provider }) {
	const { models, unpricedModels } = provider;
	if (models.length === 0) {
		return (
			<Tooltip content="Nothing can be asked of it until it has a model.">
				<Badge tone="caution">none</Badge>
			</Tooltip>
		);
	}
	return (
		<span className="inline-flex items-center gap-2">
			{formatCount(models.length)}
			{unpricedModels.length > 0 && (
				<Tooltip
					content={`${formatQuantity(unpricedModels.length, "model has", "models have")} no price in the catalogue; their cost is unknown: ${unpricedModels.slice(0, 5).join(", ")}${unpricedModels.length > 5 ? " …" : ""}`}
				>
					<Badge tone="caution">{formatCount(unpricedModels.length)} without price</Badge>
				</Tooltip>
			)}
		</span>
	);
}
