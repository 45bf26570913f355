"use client";

import { Play } from "lucide-react";
import { formatCount, formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import type { PolicyChange } from "./policy-change.ts";
import { isUnchanged } from "./policy-change.ts";
import type { Replaying } from "./use-replay.ts";
import { countChoices } from "./use-replay.ts";

interface ReplayPanelProps {
	readonly change: PolicyChange;
	readonly replaying: Replaying;
	/** How many requests there are; undefined as long as nobody knows. */
	readonly recorded: number | undefined;
}

/** How many requests to judge, and the button that does. */
export function ReplayPanel({ change, replaying, recorded }: ReplayPanelProps) {
	const { count, setCount, run, cancel, isBusy } = replaying;
	const why = whyNot(change, recorded);
	const judged = Math.min(count, recorded ?? count);
	return (
		<Panel
			title="Replay"
			description="Each request is judged twice now: by the policy in force and by the changed one."
		>
			<div className="flex flex-col gap-4">
				<Field label="The newest">
					{(control) => (
						<Select
							{...control}
							options={countChoices.map((choice) => ({
								value: String(choice),
								label: `${formatCount(choice)} requests`,
							}))}
							value={String(count)}
							onChange={(next) => setCount(countChoices.find((one) => String(one) === next) ?? 500)}
							disabled={isBusy}
						/>
					)}
				</Field>
				<div className="flex flex-wrap items-center gap-3">
					<Button
						variant="primary"
						disabled={why !== undefined}
						isBusy={isBusy}
						onClick={run}
						aria-describedby="replay-why-not"
					>
						{!isBusy && <Play aria-hidden="true" />}
						Replay
					</Button>
					{isBusy && <Button onClick={cancel}>Cancel</Button>}
					<p id="replay-why-not" role="status" className="text-muted text-sm">
						{isBusy
							? `Judging ${formatQuantity(judged, "request")}. Other requests go first, so this may take a minute.`
							: why}
					</p>
				</div>
			</div>
		</Panel>
	);
}

function whyNot(change: PolicyChange, recorded: number | undefined): string | undefined {
	if (recorded === undefined) return "Waiting for the recorded requests.";
	if (recorded === 0) return "No request is recorded yet.";
	return isUnchanged(change) ? "Change something first." : undefined;
}
