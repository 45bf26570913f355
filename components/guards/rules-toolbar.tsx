"use client";

import { ChevronDown } from "lucide-react";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { categoryWords } from "../../lib/format/threat-words.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { UrlChoice, UrlSearch } from "../ui/url-filters.tsx";
import { withRuleModes } from "./guard-control.ts";
import type { GuardPartProps } from "./guard-part.ts";
import type { RuleRow } from "./guard-words.ts";
import { modeOptions } from "./guard-words.ts";

interface RulesToolbarProps extends GuardPartProps {
	/** What the filters leave, shown or not. */
	readonly found: readonly RuleRow[];
}

/** Filters, which stand in the address, and one switch for all that they leave. */
export function RulesToolbar(props: RulesToolbarProps) {
	const categories = [...new Set(props.draft.guard.rules.map(({ category }) => category))];
	return (
		<>
			<UrlSearch label="Search rules" placeholder="Id or title" />
			{categories.length > 1 && (
				<UrlChoice
					name="category"
					label="Category"
					any="Any category"
					options={categories.map((value) => ({ value, label: categoryWords[value] }))}
				/>
			)}
			<UrlChoice
				name="mode"
				label="Mode"
				any="Any mode"
				options={[{ value: "guard", label: "As the guard" }, ...modeOptions]}
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
