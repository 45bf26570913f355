"use client";

import Link from "next/link";
import type { ReplayResult } from "../../lib/contracts/inspections.ts";
import { formatDuration, formatQuantity } from "../../lib/format/numbers.ts";
import { replaySentence } from "../../lib/format/replay-words.ts";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { ReplayMoves } from "../ui/replay-moves.tsx";
import type { PolicyChange } from "./policy-change.ts";
import { replayColumns } from "./replay-columns.tsx";
import { testerHref } from "./tester-href.ts";
import { useKeyNames } from "./use-key-names.ts";

interface ReplayResultProps {
	readonly result: ReplayResult;
	readonly change: PolicyChange;
	readonly isOld: boolean;
}

/** What would change: how many requests move from one decision to another, and which. */
export function ReplayResultView({ result, change, isOld }: ReplayResultProps) {
	const { skipped, moves, items, durationMs } = result;
	const names = useKeyNames();
	const differing = moves.reduce((sum, { count }) => sum + count, 0);
	return (
		<div className="flex min-w-0 flex-col gap-4">
			{isOld && (
				<Notice severity="info">This is the result of another change than the one above.</Notice>
			)}
			<Panel title={replaySentence(result)}>
				<ReplayMoves moves={moves} />
				<p className="mt-2 text-muted text-sm">
					Judged in {formatDuration(durationMs)}.
					{skipped > 0 &&
						` ${formatQuantity(skipped, "recording")} could not be judged: made under another master key, or no JSON.`}
				</p>
			</Panel>
			{items.length > 0 && (
				<Panel isPadded={false}>
					<DataTable
						id="replayed-requests"
						label={
							items.length < differing
								? `The newest ${items.length} of ${differing} requests that differ`
								: "Requests that differ"
						}
						columns={replayColumns(names)}
						rows={items}
						rowKey={({ requestId }) => requestId}
						rowActions={({ requestId }) => (
							<Button size="small" variant="ghost" asChild>
								<Link href={testerHref(requestId, change)} prefetch={false}>
									Open in the tester
								</Link>
							</Button>
						)}
					/>
				</Panel>
			)}
		</div>
	);
}
