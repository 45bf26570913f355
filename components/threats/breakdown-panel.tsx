"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { threatBreakdownQuery } from "../../lib/client/threats.ts";
import type { ThreatGroup, ThreatGroupRow } from "../../lib/contracts/threats.ts";
import { threatGroups } from "../../lib/contracts/threats.ts";
import { formatCount, formatShare } from "../../lib/format/numbers.ts";
import {
	categoryWords,
	layerWords,
	ruleParts,
	sourceWords,
	wordFor,
} from "../../lib/format/threat-words.ts";
import type { RankedItem } from "../charts/ranked-bars.tsx";
import { RankedBars } from "../charts/ranked-bars.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { seriesWords } from "./threat-looks.ts";
import type { ThreatsState } from "./threats-state.ts";
import { eventsHref, filtersOfGroup } from "./threats-state.ts";

const groupWords: Readonly<Record<ThreatGroup, string>> = {
	rule: "Rule",
	layer: "Layer",
	category: "Category",
	severity: "Severity",
	key: "Key",
	team: "Team",
	model: "Model",
	endpoint: "Endpoint",
	source: "Where in the request",
	country: "Country",
};
const options = threatGroups.map((value) => ({ value, label: groupWords[value] }));

interface BreakdownPanelProps {
	readonly state: ThreatsState;
	/** What it counts by until somebody chooses otherwise. */
	readonly initial: ThreatGroup;
}

/** Events counted by one thing; each leads to those events. */
export function BreakdownPanel({ state, initial }: BreakdownPanelProps) {
	const [by, setBy] = useState<ThreatGroup>(initial);
	const query = useQuery(threatBreakdownQuery(state.question, by));
	return (
		<Panel
			title={`By ${groupWords[by].toLowerCase()}`}
			actions={
				<Select
					aria-label={`Count by, at first ${groupWords[initial].toLowerCase()}`}
					size="small"
					className="w-36"
					options={options}
					value={by}
					onChange={setBy}
				/>
			}
		>
			<DataGate
				query={query}
				skeleton={<SkeletonRows rows={6} />}
				isEmpty={({ items }) => items.length === 0}
				empty={{ title: "Nothing to count in this range." }}
			>
				{(breakdown) => (
					<>
						<RankedBars
							label={`Threat events by ${groupWords[by].toLowerCase()}`}
							items={breakdown.items.map((row) => toItem(row, breakdown.by, state))}
							formatValue={formatCount}
						/>
						{breakdown.countedFrom !== null && (
							<p className="mt-2 text-muted text-xs">
								Since <Time at={breakdown.countedFrom} /> only: too many events to count them all.
							</p>
						)}
					</>
				)}
			</DataGate>
		</Panel>
	);
}

function toItem(row: ThreatGroupRow, by: ThreatGroup, state: ThreatsState): RankedItem {
	const filters = filtersOfGroup(by, row.id);
	return {
		id: row.id,
		label: labelOf(row, by),
		value: row.events,
		note: formatShare(row.share),
		...(filters === undefined ? {} : { href: eventsHref(state, filters) }),
	};
}

function labelOf({ id, label }: ThreatGroupRow, by: ThreatGroup): string {
	switch (by) {
		case "rule": {
			const { guard, rule } = ruleParts(id);
			return `${rule} (${guard})`;
		}
		case "layer":
			return wordFor(layerWords, id);
		case "category":
			return wordFor(categoryWords, id);
		case "severity":
			return wordFor(seriesWords.severity, id);
		case "source":
			return wordFor(sourceWords, id);
		default:
			return label;
	}
}
