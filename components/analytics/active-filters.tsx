import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { Analytics, UsageFilters } from "../../lib/contracts/analytics.ts";
import { FilterChips } from "../ui/filter-chips.tsx";
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

export function ActiveFilters({ filters, names, onChange }: ActiveFiltersProps) {
	const chosen = filterNames.flatMap((name) => {
		const value = filters[name];
		return value === undefined
			? []
			: [{ name, label: labels[name], text: wordOf(name, value, names) }];
	});
	return (
		<FilterChips
			chips={chosen}
			onRemove={(name) => onChange({ [name]: null })}
			onClear={() => onChange(clearFilters)}
		/>
	);
}

function wordOf(name: FilterName, value: string, names: Analytics["filterNames"] = {}): string {
	if (name === "teamId" || name === "userId" || name === "keyId") return names[name] ?? value;
	return name === "errorCode" ? groupLabel("error", { id: value, label: value }) : value;
}
