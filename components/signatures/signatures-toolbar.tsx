"use client";

import { Search } from "lucide-react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { categoryWords } from "../../lib/format/threat-words.ts";
import { ruleModes, severities, threatCategories } from "../../proxy-core/contract/threats.ts";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { severityLooks } from "../ui/severity-badge.tsx";
import { modeWords, readSignatureFilter } from "./signature-words.ts";

interface Choice {
	readonly name: "category" | "mode" | "severity" | "origin";
	readonly label: string;
	readonly any: string;
	readonly options: readonly { readonly value: string; readonly label: string }[];
}

const choices: readonly Choice[] = [
	{
		name: "category",
		label: "Category",
		any: "Any category",
		options: threatCategories.map((value) => ({ value, label: categoryWords[value] })),
	},
	{
		name: "mode",
		label: "Mode",
		any: "Any mode",
		options: ruleModes.map((value) => ({ value, label: modeWords[value] })),
	},
	{
		name: "severity",
		label: "Severity",
		any: "Any severity",
		options: severities.map((value) => ({ value, label: severityLooks[value].word })),
	},
	{
		name: "origin",
		label: "Origin",
		any: "All signatures",
		options: [
			{ value: "own", label: "Own" },
			{ value: "shipped", label: "Shipped" },
		],
	},
];

/** The filters of the table; they stand in the address. */
export function SignaturesToolbar() {
	const [params, change] = useUrlState();
	const filter = readSignatureFilter(params);
	return (
		<>
			<div className="relative w-full sm:w-60">
				<Search
					aria-hidden="true"
					className="pointer-events-none absolute top-1.5 left-2.5 size-4 text-faint"
				/>
				<Input
					type="search"
					aria-label="Search signatures"
					placeholder="Id, title or text"
					className="h-7 pl-8 text-sm"
					value={filter.search}
					onChange={(event) => change({ search: event.target.value })}
				/>
			</div>
			{choices.map(({ name, label, any, options }) => (
				<Select
					key={name}
					size="small"
					aria-label={label}
					className="w-auto min-w-32"
					options={[{ value: "all", label: any }, ...options]}
					value={filter[name]}
					onChange={(value) => change({ [name]: value === "all" ? null : value })}
				/>
			))}
		</>
	);
}
