"use client";

import type { IncidentDetail } from "../../lib/contracts/incidents.ts";
import { Button } from "../ui/button.tsx";
import { Kbd } from "../ui/kbd.tsx";
import type { TriageCommand } from "./use-triage-keys.ts";

interface IncidentButtonsProps {
	readonly incident: IncidentDetail;
	readonly isBusy: boolean;
	readonly run: (command: TriageCommand) => void;
}

/** Each says its key. */
export function IncidentButtons({ incident, isBusy, run }: IncidentButtonsProps) {
	const isClosed = incident.state === "closed";
	const buttons: readonly (readonly [TriageCommand, string, string])[] = [
		["acknowledge", incident.state === "open" ? "Acknowledge" : "Open again", "a"],
		...(isClosed
			? []
			: ([
					["watch", "Watch", "w"],
					["ban", "Ban", "b"],
					["allow", "Allow", "l"],
					["falseAlarm", "False alarm", "f"],
					["close", "Close", "c"],
				] as const)),
	];
	return (
		<div className="flex flex-wrap items-center gap-2">
			{buttons.map(([command, word, key]) => (
				<Button
					key={command}
					size="small"
					variant={
						command === "acknowledge" ? "primary" : command === "ban" ? "danger-quiet" : "secondary"
					}
					disabled={isBusy}
					aria-keyshortcuts={key}
					onClick={() => run(command)}
				>
					{word}
					<span aria-hidden="true" className="hidden sm:inline">
						<Kbd>{key}</Kbd>
					</span>
				</Button>
			))}
		</div>
	);
}
