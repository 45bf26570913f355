"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { call } from "../../lib/client/call.ts";
import { sharedChange } from "../../lib/client/inspections.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { ReplayResult } from "../../lib/contracts/inspections.ts";
import { replay } from "../../lib/contracts/inspections.ts";
import { replaySentence } from "../../lib/format/replay-words.ts";
import { Button } from "./button.tsx";
import { ErrorNote } from "./error-note.tsx";
import { ReplayMoves } from "./replay-moves.tsx";

/** Sections of the settings as they would be; guards one by one. */
type Change = Readonly<Record<string, unknown>>;

interface ReplayCheckProps {
	/** Undefined while it is not valid. */
	readonly change: Change | undefined;
}

const replayedMax = 500;

/** Runs a changed policy over recorded requests, before it goes live. */
export function ReplayCheck({ change }: ReplayCheckProps) {
	const mayReplay = useMay("guards:write");
	const run = useMutation({
		mutationFn: (asked: Change) =>
			call(replay, { body: { change: { ...asked }, count: replayedMax } }),
	});
	if (!mayReplay) return null;
	const { data, variables } = run;
	// What is shown was asked about the change as it is.
	const isCurrent = JSON.stringify(variables) === JSON.stringify(change);
	return (
		<div className="flex flex-col items-start gap-2">
			<Button
				isBusy={run.isPending}
				disabled={change === undefined}
				onClick={() => change !== undefined && run.mutate(change)}
			>
				Try on recent traffic
			</Button>
			<div role="status" className="text-sm">
				{data !== undefined && isCurrent && <Result result={data} change={variables ?? {}} />}
			</div>
			{run.error !== null && <ErrorNote error={run.error} />}
		</div>
	);
}

interface ResultProps {
	readonly result: ReplayResult;
	readonly change: Change;
}

function Result({ result, change }: ResultProps) {
	const look = "text-accent-ink underline underline-offset-2";
	// What is written here and not saved would be lost in the same tab.
	if (result.replayed === 0) {
		return (
			<p className="text-muted">
				No requests are recorded. Recording is switched on in the{" "}
				<Link href="/rule-tester?tab=replay" target="_blank" className={look}>
					rule tester
				</Link>
				.
			</p>
		);
	}
	const shared = sharedChange(change);
	return (
		<div className="flex flex-col gap-2">
			<p className="text-ink">{replaySentence(result)}</p>
			<ReplayMoves moves={result.moves} />
			{result.items.length > 0 && shared !== null && (
				<Link
					href={`/rule-tester?tab=replay&change=${encodeURIComponent(shared)}`}
					target="_blank"
					className={look}
				>
					See which ones in the rule tester
				</Link>
			)}
		</div>
	);
}
