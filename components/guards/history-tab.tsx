"use client";

import { useQuery } from "@tanstack/react-query";
import { History, Undo2 } from "lucide-react";
import { guardHistoryQuery } from "../../lib/client/guards.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeList } from "./change-list.tsx";
import { historyChanges } from "./guard-changes.ts";
import type { GuardPartProps } from "./guard-part.ts";

/** Who changed the guard, when, and from what to what; newest first. */
export function HistoryTab({ draft, options: { names }, isReadOnly }: GuardPartProps) {
	const { guard } = draft;
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
						{items.map((entry) => (
							<li key={entry.version}>
								<div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-sm">
									<span className="text-ink">{entry.changedBy}</span>
									<Time at={entry.changedAt} />
									<span>· version {entry.version} of the settings</span>
									{!isReadOnly && (
										<Button size="small" className="ml-auto" onClick={() => draft.undo(entry)}>
											<Undo2 aria-hidden="true" />
											Undo this change
											<span className="sr-only"> of version {entry.version}</span>
										</Button>
									)}
								</div>
								<ChangeList changes={historyChanges(context, entry.changes)} />
							</li>
						))}
					</ol>
				)}
			</DataGate>
		</Panel>
	);
}
