"use client";

import { useMutation } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { replay } from "../../lib/contracts/inspections.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import type { FirewallValue } from "./use-save-firewall.ts";

interface RecentTrafficProps {
	/** The firewall as it would be; undefined while it is not valid. */
	readonly value: FirewallValue | undefined;
}

/** Runs a changed firewall over recorded requests, before it goes live. */
export function RecentTraffic({ value }: RecentTrafficProps) {
	const mayReplay = useMay("guards:write");
	const run = useMutation({
		mutationFn: (firewall: FirewallValue) =>
			call(replay, { body: { change: { firewall }, count: 500 } }),
	});
	if (!mayReplay) return null;
	const { data } = run;
	return (
		<div className="flex flex-col items-start gap-2">
			<Button
				isBusy={run.isPending}
				disabled={value === undefined}
				onClick={() => value !== undefined && run.mutate(value)}
			>
				Try on recent traffic
			</Button>
			<div role="status" className="text-muted text-sm">
				{data !== undefined && resultText(data)}
			</div>
			{run.error !== null && <ErrorNote error={run.error} />}
		</div>
	);
}

function resultText({
	replayed,
	same,
	moves,
}: {
	readonly replayed: number;
	readonly same: number;
	readonly moves: readonly { readonly from: string; readonly to: string; readonly count: number }[];
}): string {
	if (replayed === 0) {
		return "No requests are recorded. Recording is switched on in the settings.";
	}
	const changes = moves
		.filter(({ from, to }) => from !== to)
		.map(({ from, to, count }) => `${formatQuantity(count, "request")} from ${from} to ${to}`);
	const all = formatQuantity(replayed, "recorded request");
	return changes.length === 0
		? `Nothing would change for ${all}${same === replayed ? "" : " but the rules that speak"}.`
		: `Of ${all}: ${changes.join(", ")}.`;
}
