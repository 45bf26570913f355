"use client";

import { useUrlState } from "../../lib/client/use-url-state.ts";
import { ComeIntoView } from "../ui/come-into-view.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { InspectionResultView } from "./inspection-result.tsx";
import { ReplayTab } from "./replay-tab.tsx";
import { SubjectPanel } from "./subject-panel.tsx";
import { useInspection } from "./use-inspection.ts";
import { usePolicyChange } from "./use-policy-change.ts";
import { WhatIfPanel } from "./what-if-panel.tsx";

/** What the rules say about a text or a request, and what they would say if they were others. */
export function RuleTesterPage() {
	const [params, changeUrl] = useUrlState();
	const policy = usePolicyChange();
	const inspecting = useInspection(policy.change);
	return (
		<>
			<PageHeader
				title="Rule tester"
				description="What every rule says about a text or a request, and what would change under another policy. Nothing is sent to a model, counted or recorded."
			/>
			<Tabs
				label="Rule tester"
				value={params.get("tab") === "replay" ? "replay" : "test"}
				onChange={(tab) => changeUrl({ tab: tab === "replay" ? tab : null })}
				items={[
					{
						id: "test",
						label: "One text or request",
						content: (
							<div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
								<SubjectPanel inspecting={inspecting} />
								<div className="min-w-0 lg:sticky lg:top-5 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto">
									<WhatIfPanel policy={policy} error={inspecting.error} />
								</div>
								<div className="flex min-w-0 flex-col gap-4">
									{inspecting.error !== null && <ErrorNote error={inspecting.error} />}
									<div role="status" aria-busy={inspecting.isBusy}>
										{inspecting.result !== undefined && (
											<ComeIntoView key={inspecting.result.judgedAt}>
												<InspectionResultView result={inspecting.result} onEdit={policy.edit} />
											</ComeIntoView>
										)}
									</div>
								</div>
							</div>
						),
					},
					{ id: "replay", label: "Replay", content: <ReplayTab policy={policy} /> },
				]}
			/>
		</>
	);
}
