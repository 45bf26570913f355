"use client";

import { useQuery } from "@tanstack/react-query";
import { privacyQuery } from "../../lib/client/privacy.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Privacy } from "../../lib/contracts/privacy.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { AnalyzerPanel } from "./analyzer-panel.tsx";
import { ModePanel } from "./mode-panel.tsx";
import { SaveBar } from "./save-bar.tsx";
import { ScopePanel } from "./scope-panel.tsx";
import { TryPanel } from "./try-panel.tsx";
import { TypesTable } from "./types-table.tsx";
import { usePrivacyDraft } from "./use-privacy-draft.ts";

/** What is done about personal data, by type, and what was found of it. */
export function PrivacyPage() {
	const privacy = useQuery(privacyQuery());
	return (
		<>
			<PageHeader
				title="Privacy"
				description="Personal data in requests: found, kept from providers, and put back into the answers."
			/>
			<DataGate query={privacy}>{(data) => <PrivacyEditor stored={data} />}</DataGate>
		</>
	);
}

function PrivacyEditor({ stored }: { readonly stored: Privacy }) {
	const isReadOnly = !useMay("guards:write");
	const [params, change] = useUrlState();
	const draft = usePrivacyDraft(stored);
	const part = { draft, isReadOnly };
	return (
		<div className="flex flex-col gap-4">
			<ModePanel {...part} counts={stored.counts} />
			<Tabs
				label="Privacy"
				value={params.get("tab") ?? "types"}
				onChange={(tab) => change({ tab: tab === "types" ? null : tab })}
				items={[
					{
						id: "types",
						label: "Types",
						content: <TypesTable {...part} counts={stored.counts} />,
					},
					{ id: "analyzer", label: "Analyzer", content: <AnalyzerPanel {...part} /> },
					{ id: "scope", label: "Scope and exceptions", content: <ScopePanel {...part} /> },
					{ id: "try", label: "Try a text", content: <TryPanel draft={draft} /> },
				]}
			/>
			<SaveBar {...part} />
		</div>
	);
}
