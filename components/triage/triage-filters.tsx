"use client";

import { formatCount } from "../../lib/format/numbers.ts";
import { severityOptions } from "../ui/severity-badge.tsx";
import { optionsOfWords, UrlChoice, UrlSearchOnEnter } from "../ui/url-filters.tsx";
import { familyWords, stateWords } from "./incident-words.tsx";

interface TriageFiltersProps {
	readonly counts:
		| { readonly open: number; readonly acknowledged: number; readonly closed: number }
		| undefined;
}

/** The filters of the queue; they stand in the address. */
export function TriageFilters({ counts }: TriageFiltersProps) {
	const withCount = (word: string, count: number | undefined) =>
		count === undefined ? word : `${word} (${formatCount(count)})`;
	const active = counts && counts.open + counts.acknowledged;
	const states = (["open", "acknowledged", "closed"] as const).map((value) => ({
		value,
		label: withCount(stateWords[value], counts?.[value]),
	}));
	return (
		<div className="grid max-w-2xl grid-cols-2 gap-2 px-4 pt-2 pb-3">
			<UrlChoice
				name="state"
				label="State"
				any={withCount("Not closed", active)}
				options={states}
				className="w-full"
			/>
			<UrlChoice
				name="severity"
				label="Severity"
				any="Any severity"
				options={severityOptions}
				className="w-full"
			/>
			<UrlChoice
				name="family"
				label="Campaign"
				any="Any campaign"
				options={optionsOfWords(familyWords)}
				className="w-full"
			/>
			<UrlChoice
				name="assignee"
				label="Assignee"
				any="Anybody’s"
				options={[
					{ value: "me", label: "Assigned to me" },
					{ value: "nobody", label: "Nobody’s" },
				]}
				className="w-full"
			/>
			<search className="col-span-2">
				<UrlSearchOnEnter
					label="Search by actor or number"
					placeholder="Actor or number"
					className=""
				/>
			</search>
		</div>
	);
}
