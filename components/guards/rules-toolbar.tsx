"use client";

import { ChevronDown, Search } from "lucide-react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { categoryWords } from "../../lib/format/threat-words.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { withRuleModes } from "./guard-control.ts";
import type { GuardPartProps } from "./guard-part.ts";
import type { RuleRow } from "./guard-words.ts";
import { modeOptions, readRuleFilter } from "./guard-words.ts";

interface RulesToolbarProps extends GuardPartProps {
	/** What the filters leave, shown or not. */
	readonly found: readonly RuleRow[];
}

/** Filters, which stand in the address, and one switch for all that they leave. */
export function RulesToolbar(props: RulesToolbarProps) {
	const [params, change] = useUrlState();
	const filter = readRuleFilter(params);
	const categories = [...new Set(props.draft.guard.rules.map(({ category }) => category))];
	return (
		<>
			<div className="relative w-full sm:w-60">
				<Search
					aria-hidden="true"
					className="pointer-events-none absolute top-1.5 left-2.5 size-4 text-faint"
				/>
				<Input
					type="search"
					aria-label="Search rules"
					placeholder="Id or title"
					className="h-7 pl-8 text-sm"
					value={filter.search}
					onChange={(event) => change({ search: event.target.value })}
				/>
			</div>
			{categories.length > 1 && (
				<Select
					size="small"
					aria-label="Category"
					className="w-auto min-w-32"
					options={[
						{ value: "all", label: "Any category" },
						...categories.map((value) => ({ value, label: categoryWords[value] })),
					]}
					value={filter.category}
					onChange={(value) => change({ category: value === "all" ? null : value })}
				/>
			)}
			<Select
				size="small"
				aria-label="Mode"
				className="w-auto min-w-32"
				options={[
					{ value: "all", label: "Any mode" },
					{ value: "guard", label: "As the guard" },
					...modeOptions.map(({ value, label }) => ({ value, label })),
				]}
				value={filter.mode}
				onChange={(value) => change({ mode: value === "all" ? null : value })}
			/>
			{!props.isReadOnly && <BulkMenu {...props} />}
		</>
	);
}

function BulkMenu({ draft, found }: RulesToolbarProps) {
	const setAll = (mode: RuleMode | null) => {
		const ids = found.map(({ id }) => id);
		draft.set({ rules: withRuleModes(draft.control.rules, ids, mode) });
	};
	return (
		<DropdownMenu
			align="start"
			trigger={
				<Button size="small" disabled={found.length === 0}>
					Set {formatQuantity(found.length, "rule")}
					<ChevronDown aria-hidden="true" />
				</Button>
			}
		>
			<MenuItem onSelect={() => setAll(null)}>As the guard</MenuItem>
			{modeOptions.map(({ value, label }) => (
				<MenuItem key={value} onSelect={() => setAll(value)}>
					{label}
				</MenuItem>
			))}
		</DropdownMenu>
	);
}
