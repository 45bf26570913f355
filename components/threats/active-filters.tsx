import { X } from "lucide-react";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { ThreatFilterName, ThreatFilters } from "../../lib/contracts/threats.ts";
import {
	categoryWords,
	effectWords,
	layerWords,
	sourceWords,
	wordFor,
} from "../../lib/format/threat-words.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Button } from "../ui/button.tsx";
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

const longestChip = 40;

interface ActiveFiltersProps {
	readonly filters: ThreatFilters;
	readonly onChange: (changes: UrlChanges) => void;
}

export function ActiveFilters({ filters, onChange }: ActiveFiltersProps) {
	const chosen = filterNames.flatMap((name) => {
		const value = filters[name];
		return value === undefined ? [] : [{ name, text: wordFor(words[name] ?? {}, value) }];
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
