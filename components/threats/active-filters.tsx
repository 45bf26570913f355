import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { ThreatFilterName, ThreatFilters } from "../../lib/contracts/threats.ts";
import {
	categoryWords,
	effectWords,
	layerWords,
	sourceWords,
	wordFor,
} from "../../lib/format/threat-words.ts";
import { FilterChips } from "../ui/filter-chips.tsx";
import { clearFilters, filterNames } from "./threats-state.ts";

const labels: Readonly<Record<ThreatFilterName, string>> = {
	severity: "Severity",
	effect: "Effect",
	layer: "Layer",
	category: "Category",
	guard: "Guard",
	rule: "Rule",
	source: "Where",
	ip: "Address",
	keyId: "Key",
	teamId: "Team",
	endUser: "End user",
	session: "Session",
	fingerprint: "TLS fingerprint",
	country: "Country",
	model: "Model",
	endpoint: "Endpoint",
};

const words: Readonly<Partial<Record<ThreatFilterName, Readonly<Record<string, string>>>>> = {
	layer: layerWords,
	category: categoryWords,
	effect: effectWords,
	source: sourceWords,
};

interface ActiveFiltersProps {
	readonly filters: ThreatFilters;
	readonly onChange: (changes: UrlChanges) => void;
}

export function ActiveFilters({ filters, onChange }: ActiveFiltersProps) {
	const chosen = filterNames.flatMap((name) => {
		const value = filters[name];
		return value === undefined
			? []
			: [{ name, label: labels[name], text: wordFor(words[name] ?? {}, value) }];
	});
	return (
		<FilterChips
			chips={chosen}
			onRemove={(name) => onChange({ [name]: null })}
			onClear={() => onChange(clearFilters)}
		/>
	);
}
