"use client";

import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { severities } from "../../proxy-core/contract/threats.ts";
import { Input } from "../ui/input.tsx";
import type { SelectOption } from "../ui/select.tsx";
import { Select } from "../ui/select.tsx";
import { severityLooks } from "../ui/severity-badge.tsx";
import { familyWords, stateWords } from "./incident-words.tsx";
import type { TriageState } from "./triage-state.ts";

interface TriageFiltersProps {
	readonly state: TriageState;
	readonly counts:
		| { readonly open: number; readonly acknowledged: number; readonly closed: number }
		| undefined;
	readonly onChange: (changes: UrlChanges) => void;
}

const any = "any";

export function TriageFilters({ state: { question }, counts, onChange }: TriageFiltersProps) {
	const withCount = (word: string, count: number | undefined) =>
		count === undefined ? word : `${word} (${formatCount(count)})`;
	const active = counts && counts.open + counts.acknowledged;
	return (
		<div className="flex flex-wrap items-center gap-2 px-4 pt-2 pb-3">
			<Choice
				label="State"
				value={question.state}
				options={[
					{ value: "active", label: withCount("Not closed", active) },
					{ value: "open", label: withCount(stateWords.open, counts?.open) },
					{
						value: "acknowledged",
						label: withCount(stateWords.acknowledged, counts?.acknowledged),
					},
					{ value: "closed", label: withCount(stateWords.closed, counts?.closed) },
				]}
				onChange={(state) => onChange({ state: state === "active" ? null : state })}
			/>
			<Choice
				label="Severity"
				value={question.severity ?? any}
				options={[
					{ value: any, label: "Any severity" },
					...severities.map((value) => ({ value, label: severityLooks[value].word })),
				]}
				onChange={(severity) => onChange({ severity: severity === any ? null : severity })}
			/>
			<Choice
				label="Campaign"
				value={question.family ?? any}
				options={[
					{ value: any, label: "Any campaign" },
					...Object.entries(familyWords).map(([value, label]) => ({ value, label })),
				]}
				onChange={(family) => onChange({ family: family === any ? null : family })}
			/>
			<Choice
				label="Assignee"
				value={question.assignee ?? any}
				options={[
					{ value: any, label: "Anybody" },
					{ value: "me", label: "Me" },
					{ value: "nobody", label: "Nobody" },
				]}
				onChange={(assignee) => onChange({ assignee: assignee === any ? null : assignee })}
			/>
			<search className="min-w-40 grow">
				<form
					onSubmit={(event) => {
						event.preventDefault();
						const given = new FormData(event.currentTarget).get("search");
						onChange({ search: typeof given === "string" ? given : null });
					}}
				>
					<Input
						key={question.search ?? ""}
						name="search"
						aria-label="Search by actor or number"
						placeholder="Actor or number"
						defaultValue={question.search ?? ""}
						maxLength={100}
						className="h-7 text-xs"
					/>
				</form>
			</search>
		</div>
	);
}

interface ChoiceProps {
	readonly label: string;
	readonly value: string;
	readonly options: readonly SelectOption[];
	readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
	return (
		<Select
			aria-label={label}
			size="small"
			className="w-36"
			options={options}
			value={value}
			onChange={onChange}
		/>
	);
}
