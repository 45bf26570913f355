"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { guardHistoryQuery } from "../../lib/client/guards.ts";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeList } from "./change-list.tsx";
import { historyChanges } from "./guard-changes.ts";
import type { GuardNames } from "./guard-words.ts";

interface HistoryTabProps {
	readonly guard: GuardInfo;
	readonly names: GuardNames;
}

/** Who changed the guard, when, and from what to what; newest first. */
export function HistoryTab({ guard, names }: HistoryTabProps) {
	const history = useQuery(guardHistoryQuery(guard.id));
	const context = { fields: schemaFields(guard.schema), names };
	return (
		<Panel className="max-w-3xl" aria-label="History">
			<DataGate
				query={history}
				isEmpty={({ items }) => items.length === 0}
				empty={{
					icon: History,
					title: "Changes of this guard will be here.",
					hint: "Nobody has changed it lately.",
				}}
			>
				{({ items }) => (
					<ol className="flex flex-col gap-6">
						{items.map(({ version, changedBy, changedAt, changes }) => (
							<li key={version}>
								<p className="mb-2 flex flex-wrap gap-x-2 text-muted text-sm">
									<span className="text-ink">{changedBy}</span>
									<Time at={changedAt} />
									<span>· version {version} of the settings</span>
								</p>
								<ChangeList changes={historyChanges(context, changes)} />
							</li>
						))}
					</ol>
				)}
			</DataGate>
		</Panel>
	);
}
