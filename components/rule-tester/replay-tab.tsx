"use client";

import { useQuery } from "@tanstack/react-query";
import { recordingsQuery } from "../../lib/client/inspections.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Notice } from "../ui/notice.tsx";
import { RecordingPanel } from "./recording-panel.tsx";
import { ReplayPanel } from "./replay-panel.tsx";
import { ReplayResultView } from "./replay-result.tsx";
import type { PolicyDraft } from "./use-policy-change.ts";
import { useReplay } from "./use-replay.ts";
import { WhatIfPanel } from "./what-if-panel.tsx";

/** A changed policy over the requests that were recorded, before it goes live. */
export function ReplayTab({ policy }: { readonly policy: PolicyDraft }) {
	const recordings = useQuery(recordingsQuery());
	const mayReplay = useMay("guards:write");
	const replaying = useReplay(policy.change);
	return (
		<div className="flex min-w-0 flex-col gap-4">
			<DataGate query={recordings}>{(state) => <RecordingPanel state={state} />}</DataGate>
			{mayReplay ? (
				<>
					<div className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
						<WhatIfPanel policy={policy} error={replaying.error} />
						<ReplayPanel
							change={policy.change}
							replaying={replaying}
							recorded={recordings.data?.count}
						/>
					</div>
					{replaying.error !== null && <ErrorNote error={replaying.error} />}
					<div role="status">
						{replaying.result !== undefined && (
							<ReplayResultView
								result={replaying.result}
								change={replaying.judged}
								isOld={replaying.isOld}
							/>
						)}
					</div>
				</>
			) : (
				<Notice severity="info">
					Recorded requests can be judged again by those who may change guards.
				</Notice>
			)}
		</div>
	);
}
