"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type * as z from "zod";
import { call } from "../../lib/client/call.ts";
import { settingsQuery } from "../../lib/client/settings.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { getRecordings } from "../../lib/contracts/inspections.ts";
import { getSettings, putSettings } from "../../lib/contracts/system.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { notifyDone } from "../ui/toaster.tsx";

interface RecordingPanelProps {
	readonly state: z.output<typeof getRecordings.answer>;
}

/** Whether requests are kept for replays, which ones and for how long. */
export function RecordingPanel({ state }: RecordingPanelProps) {
	const { isOn, count, oldest, entriesMax, hoursMax } = state;
	const kept = `at most ${formatQuantity(entriesMax, "request")}, none longer than ${formatQuantity(hoursMax, "hour")}`;
	return (
		<Panel
			title={
				<span className="flex flex-wrap items-center gap-2">
					Recording
					<Badge tone={isOn ? "ok" : "idle"}>{isOn ? "On" : "Off"}</Badge>
				</span>
			}
			actions={<SwitchRecording isOn={isOn} kept={kept} />}
		>
			{isOn ? (
				<p className="text-ink">
					{count === 0 ? (
						"No request is recorded yet: those that come from now on are."
					) : (
						<>
							{formatQuantity(count, "request")} recorded, the oldest{" "}
							<Time at={oldest} fallback="not known" />.
						</>
					)}{" "}
					<span className="text-muted">Kept encrypted: {kept}.</span>
				</p>
			) : (
				<p className="text-ink">
					Replays need requests to run over. While recording is on, the bodies of requests are kept,
					encrypted with the master key: {kept}.{" "}
					<span className="text-muted">Off: no text of any request is stored.</span>
				</p>
			)}
			<Limits />
		</Panel>
	);
}

function Limits() {
	const mayChange = useMay("proxy:config");
	return mayChange ? (
		<p className="mt-1 text-sm">
			<Link href="/settings" className="text-accent-ink hover:underline">
				How many and how long is set in the settings
			</Link>
		</p>
	) : (
		<p className="mt-1 text-muted text-sm">Administrators switch it and set how long.</p>
	);
}

interface SwitchProps {
	readonly isOn: boolean;
	/** How many and how long, in words. */
	readonly kept: string;
}

function SwitchRecording({ isOn, kept }: SwitchProps) {
	const mayChange = useMay("proxy:config");
	const queries = useQueryClient();
	const [isAsking, setIsAsking] = useState(false);
	const change = useMutation({
		mutationFn: async (next: boolean) => {
			// Read now, so that nothing that others changed meanwhile is undone.
			const { version, value } = await call(getSettings, {});
			const recording = { ...value.recording, isOn: next };
			return call(putSettings, { body: { version, value: { ...value, recording } } });
		},
		onSuccess: (_saved, next) => {
			void queries.invalidateQueries({ queryKey: settingsQuery().queryKey });
			notifyDone(next ? "Recording switched on" : "Recording switched off");
		},
	});
	if (!mayChange) return null;
	const words = isOn
		? {
				title: "Stop recording requests?",
				consequence: "What is recorded is deleted within a minute, and replays are not possible.",
				confirmLabel: "Stop and delete",
			}
		: {
				title: "Record requests?",
				consequence: `What callers send from now on is kept, encrypted: ${kept}. Those who may change guards can open it.`,
				confirmLabel: "Record requests",
			};
	return (
		<>
			<Button size="small" onClick={() => setIsAsking(true)}>
				{isOn ? "Stop recording" : "Record requests"}
			</Button>
			<ConfirmDialog
				{...words}
				isOpen={isAsking}
				onOpenChange={setIsAsking}
				isDangerous={isOn}
				onConfirm={() => change.mutateAsync(!isOn)}
			/>
		</>
	);
}
