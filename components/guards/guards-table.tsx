"use client";

import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { formatCount, formatQuantity } from "../../lib/format/numbers.ts";
import { ruleModes } from "../../proxy-core/contract/threats.ts";
import type { Column } from "../ui/data-table/column.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { Panel } from "../ui/panel.tsx";
import { phaseWords } from "./guard-words.ts";
import { CountCell, FoundCell } from "./hits-cells.tsx";
import { ModeSwitch } from "./mode-switch.tsx";

const modeCounts = { off: "off", monitor: "only monitoring", enforce: "enforced" } as const;

interface GuardsTableProps {
	readonly version: number;
	readonly guards: readonly GuardInfo[];
}

export function GuardsTable({ version, guards }: GuardsTableProps) {
	const [, change] = useUrlState();
	const counted = ruleModes
		.map((mode) => ({ mode, count: guards.filter((guard) => guard.mode === mode).length }))
		.filter(({ count }) => count > 0)
		.toReversed();
	return (
		<Panel isPadded={false} className="[&>div]:pt-0">
			<DataTable
				id="guards"
				label="Guards"
				columns={columnsFor(version)}
				rows={guards}
				rowKey={({ id }) => id}
				onOpen={({ id }) => change({ guard: id }, "push")}
				toolbar={
					<p className="px-1 text-muted">
						<span className="font-medium text-ink">{formatQuantity(guards.length, "guard")}</span>
						{counted.map(({ mode, count }) => ` · ${formatCount(count)} ${modeCounts[mode]}`)}
					</p>
				}
			/>
		</Panel>
	);
}

function columnsFor(version: number): readonly Column<GuardInfo>[] {
	return [
		{
			id: "title",
			header: "Guard",
			isPrimary: true,
			sortBy: ({ title }) => title,
			cell: ({ title, summary }) => (
				<div className="max-w-xl">
					<div className="font-medium text-ink">{title}</div>
					{/* On phones the title is a button, whose line belongs below the title only. */}
					<div className="inline-block font-normal text-muted text-sm">{summary}</div>
				</div>
			),
		},
		{
			id: "phases",
			header: "Looks at",
			sortBy: phaseWords,
			cell: phaseWords,
		},
		{
			id: "rules",
			header: "Rules",
			align: "right",
			sortBy: ({ rules }) => rules.length,
			cell: ({ rules }) => formatCount(rules.length),
		},
		{
			id: "mode",
			header: "Mode",
			sortBy: ({ mode }) => ruleModes.indexOf(mode),
			exportAs: ({ mode }) => mode,
			cell: (guard) => <ModeSwitch guard={guard} version={version} />,
		},
		{
			id: "found",
			header: "Found, 24 h",
			align: "right",
			sortBy: ({ hits }) => hits.found,
			cell: ({ id, title, hits }) => <FoundCell guard={id} of={title} count={hits.found} />,
		},
		{
			id: "enforced",
			header: "Enforced, 24 h",
			align: "right",
			sortBy: ({ hits }) => hits.enforced,
			cell: ({ hits }) => <CountCell count={hits.enforced} />,
		},
		{
			id: "wouldHave",
			header: "Would have, 24 h",
			align: "right",
			sortBy: ({ hits }) => hits.wouldHave,
			cell: ({ hits }) => <CountCell count={hits.wouldHave} />,
		},
		{
			id: "falseAlarms",
			header: "False alarms, 24 h",
			align: "right",
			sortBy: ({ hits }) => hits.falseAlarms,
			cell: ({ hits }) => <CountCell count={hits.falseAlarms} />,
		},
	];
}
