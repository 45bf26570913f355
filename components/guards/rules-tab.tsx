"use client";

import { useState } from "react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { categoryWords } from "../../lib/format/threat-words.ts";
import { severities } from "../../proxy-core/contract/threats.ts";
import type { Column } from "../ui/data-table/column.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { modeInForce, withRuleModes } from "./guard-control.ts";
import type { GuardPartProps } from "./guard-part.ts";
import type { RuleRow } from "./guard-words.ts";
import { filterRules, modeOptions, modeWords, readRuleFilter } from "./guard-words.ts";
import { CountCell, FoundCell } from "./hits-cells.tsx";
import { RulesToolbar } from "./rules-toolbar.tsx";

/** A control in each row costs; hundreds at once make the page slow to open. */
const pageSize = 50;

/** Each rule with the mode that the draft gives it. */
export function RulesTab(props: GuardPartProps) {
	const { guard, control } = props.draft;
	const [params] = useUrlState();
	const [shown, setShown] = useState(pageSize);
	const all = guard.rules.map(
		(rule): RuleRow => ({ ...rule, mode: control.rules[rule.id]?.mode ?? null }),
	);
	const rows = filterRules(all, readRuleFilter(params));
	return (
		<Panel isPadded={false} className="[&>div]:pt-0">
			<DataTable
				id="guard-rules"
				label="Rules"
				columns={columnsFor(props)}
				rows={rows.slice(0, shown)}
				rowKey={({ id }) => id}
				toolbar={<RulesToolbar {...props} found={rows} />}
				paging={{
					hasMore: rows.length > shown,
					isLoading: false,
					loadMore: () => setShown(shown + pageSize),
				}}
				empty={<EmptyState title="No rule fits these filters." />}
			/>
		</Panel>
	);
}

function columnsFor(props: GuardPartProps): readonly Column<RuleRow>[] {
	const guard = props.draft.guard.id;
	return [
		{
			id: "title",
			header: "Rule",
			isPrimary: true,
			sortBy: ({ title }) => title,
			cell: ({ id, title }) => (
				<div>
					<div className="text-ink">{title}</div>
					<div className="break-all font-mono text-muted text-sm">{id}</div>
				</div>
			),
		},
		{
			id: "category",
			header: "Category",
			sortBy: ({ category }) => categoryWords[category],
			cell: ({ category }) => categoryWords[category],
		},
		{
			id: "severity",
			header: "Severity",
			sortBy: ({ severity }) => severities.indexOf(severity),
			exportAs: ({ severity }) => severity,
			cell: ({ severity }) => <SeverityBadge severity={severity} />,
		},
		{
			id: "mode",
			header: "Mode",
			sortBy: ({ mode }) => mode ?? "guard",
			cell: (rule) => <RuleModeSelect {...props} rule={rule} />,
		},
		{
			id: "found",
			header: "Found, 24 h",
			align: "right",
			sortBy: ({ hits }) => hits.found,
			cell: ({ id, title, hits }) => (
				<FoundCell guard={guard} rule={id} of={title} count={hits.found} />
			),
		},
		{
			id: "enforced",
			header: "Enforced",
			align: "right",
			sortBy: ({ hits }) => hits.enforced,
			cell: ({ hits }) => <CountCell count={hits.enforced} />,
		},
		{
			id: "wouldHave",
			header: "Would have",
			align: "right",
			sortBy: ({ hits }) => hits.wouldHave,
			cell: ({ hits }) => <CountCell count={hits.wouldHave} />,
		},
		{
			id: "falseAlarms",
			header: "False alarms",
			align: "right",
			sortBy: ({ hits }) => hits.falseAlarms,
			cell: ({ hits }) => <CountCell count={hits.falseAlarms} />,
		},
	];
}

function RuleModeSelect({ draft, isReadOnly, rule }: GuardPartProps & { readonly rule: RuleRow }) {
	const { control, set } = draft;
	const inForce = modeInForce(control, rule.id);
	return (
		<div className="flex flex-wrap items-center gap-x-2">
			<Select
				size="small"
				className="w-32"
				aria-label={`Mode of ${rule.title}`}
				disabled={isReadOnly}
				options={[
					{ value: "guard", label: "As the guard", hint: modeWords[control.mode].label },
					...modeOptions,
				]}
				value={rule.mode ?? "guard"}
				onChange={(mode) =>
					set({ rules: withRuleModes(control.rules, [rule.id], mode === "guard" ? null : mode) })
				}
			/>
			{rule.mode !== null && rule.mode !== inForce && (
				<span className="text-muted text-xs">
					{inForce === "off" ? "the guard is off" : "the guard only monitors"}
				</span>
			)}
		</div>
	);
}
