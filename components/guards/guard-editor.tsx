"use client";

import { ArrowLeft, FlaskConical } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ExceptionsTab } from "./exceptions-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { HitsLine } from "./hits-line.tsx";
import { RulesTab } from "./rules-tab.tsx";
import { SaveBar } from "./save-bar.tsx";
import { ScopeTab } from "./scope-tab.tsx";
import { SettingsTab } from "./settings-tab.tsx";
import type { GuardDraft } from "./use-guard-draft.ts";
import { useGuardDraft } from "./use-guard-draft.ts";
import { useGuardOptions } from "./use-guard-names.ts";
import type { StoredGuard } from "./use-save-guard.ts";

/** Everything that can be set about one guard; nothing is in force before it is saved. */
export function GuardEditor({ stored }: { readonly stored: StoredGuard }) {
	const { guard } = stored;
	const isReadOnly = !useMay("guards:write");
	const [params, change] = useUrlState();
	const options = useGuardOptions(guard);
	const draft = useGuardDraft(stored, options.names);
	const part = { draft, options, isReadOnly };
	const { scope, exceptions } = draft.control;
	const scoped = Object.values(scope).reduce((sum, list) => sum + list.length, 0);
	return (
		<>
			<div className="flex flex-col items-start gap-2">
				<BackButton draft={draft} />
				<div className="w-full">
					<PageHeader
						title={guard.title}
						description={guard.summary}
						actions={
							<Button asChild>
								<Link href={`/rule-tester?guard=${encodeURIComponent(guard.id)}`}>
									<FlaskConical aria-hidden="true" />
									Try a text
								</Link>
							</Button>
						}
					/>
				</div>
			</div>
			<HitsLine guard={guard} />
			{isReadOnly && (
				<Notice severity="info">
					Your role may look at guards; an operator or administrator changes them.
				</Notice>
			)}
			<Tabs
				label={guard.title}
				value={params.get("tab") ?? "settings"}
				onChange={(tab) => change({ tab: tab === "settings" ? null : tab })}
				items={[
					{ id: "settings", label: "Settings", content: <SettingsTab {...part} /> },
					{
						id: "rules",
						label: <Counted label="Rules" count={guard.rules.length} />,
						content: <RulesTab {...part} />,
					},
					{
						id: "scope",
						label: <Counted label="Scope" count={scoped} />,
						content: <ScopeTab {...part} />,
					},
					{
						id: "exceptions",
						label: <Counted label="Exceptions" count={exceptions.length} />,
						content: <ExceptionsTab {...part} />,
					},
					{
						id: "history",
						label: "History",
						content: <HistoryTab {...part} />,
					},
				]}
			/>
			{!isReadOnly && <SaveBar draft={draft} />}
		</>
	);
}

function Counted({ label, count }: { readonly label: string; readonly count: number }) {
	return (
		<>
			{label}
			{count > 0 && <span className="ml-1.5 text-faint text-xs">{formatCount(count)}</span>}
		</>
	);
}

function BackButton({ draft }: { readonly draft: GuardDraft }) {
	const [, change] = useUrlState();
	const [isAsking, setIsAsking] = useState(false);
	const leave = () =>
		change({ guard: null, tab: null, search: null, category: null, mode: null }, "push");
	return (
		<>
			<Button
				variant="ghost"
				size="small"
				className="-ml-2.5"
				onClick={() => (draft.changes.length === 0 ? leave() : setIsAsking(true))}
			>
				<ArrowLeft aria-hidden="true" />
				All guards
			</Button>
			<ConfirmDialog
				isOpen={isAsking}
				onOpenChange={setIsAsking}
				title="Leave without saving?"
				consequence="What you changed here is lost."
				confirmLabel="Leave"
				onConfirm={async () => leave()}
			/>
		</>
	);
}
