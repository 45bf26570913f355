import { X } from "lucide-react";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { Analytics, UsageFilters } from "../../lib/contracts/analytics.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Button } from "../ui/button.tsx";
import type { FilterName } from "./analytics-state.ts";
import { clearFilters, filterNames } from "./analytics-state.ts";
import { groupLabel } from "./usage-series.ts";

interface ActiveFiltersProps {
	readonly filters: UsageFilters;
	readonly names: Analytics["filterNames"] | undefined;
	readonly onChange: (changes: UrlChanges) => void;
}

const labels: Readonly<Record<FilterName, string>> = {
	provider: "Provider",
	model: "Model",
	route: "Route",
	endpoint: "Endpoint",
	teamId: "Team",
	userId: "Person",
	keyId: "Key",
	tag: "Tag",
	errorCode: "Error",
};

const longestChip = 40;

export function ActiveFilters({ filters, names, onChange }: ActiveFiltersProps) {
	const chosen = filterNames.flatMap((name) => {
		const value = filters[name];
		return value === undefined ? [] : [{ name, text: wordOf(name, value, names) }];
	});
	if (chosen.length === 0) return null;
	return (
		<ul aria-label="Filters" className="flex w-full flex-wrap items-center gap-1.5">
			{chosen.map(({ name, text }) => (
				<li key={name}>
					<button
						type="button"
						title={`Remove: ${labels[name]} ${text}`}
						onClick={() => onChange({ [name]: null })}
						className="flex h-7 items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-3 text-accent-ink text-xs hover:brightness-95 dark:hover:brightness-125"
					>
						<span>
							{labels[name]}:{" "}
							<span className="font-medium">{truncateMiddle(text, longestChip)}</span>
						</span>
						<X aria-hidden="true" className="size-3.5" />
						<span className="sr-only">Remove this filter</span>
					</button>
				</li>
			))}
			{chosen.length > 1 && (
				<li>
					<Button size="small" variant="ghost" onClick={() => onChange(clearFilters)}>
						Remove all
					</Button>
				</li>
			)}
		</ul>
	);
}

function wordOf(name: FilterName, value: string, names: Analytics["filterNames"] = {}): string {
	if (name === "teamId" || name === "userId" || name === "keyId") return names[name] ?? value;
	return name === "errorCode" ? groupLabel("error", { id: value, label: value }) : value;
}
