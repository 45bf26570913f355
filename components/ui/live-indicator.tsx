"use client";

import { Pause, Play } from "lucide-react";
import type { LiveState } from "../../lib/client/use-live-events.tsx";
import { useLive } from "../../lib/client/use-live-events.tsx";
import { classNames } from "../../lib/format/class-names.ts";
import { Tooltip } from "./tooltip.tsx";

interface LiveLook {
	readonly word: string;
	readonly says: string;
	readonly dot: string;
	readonly text: string;
}

const looks: Readonly<Record<LiveState, LiveLook>> = {
	connecting: {
		word: "Connecting",
		says: "Connecting to live updates.",
		dot: "bg-idle",
		text: "text-muted",
	},
	connected: {
		word: "Live",
		says: "Follows what happens now. Press to pause.",
		dot: "bg-ok",
		text: "text-muted",
	},
	stale: {
		word: "Disconnected",
		says: "The live connection is lost, so what you see may be old. It is being tried again.",
		dot: "bg-danger",
		text: "text-danger-ink",
	},
	paused: {
		word: "Paused",
		says: "Updates are paused. Press to follow again.",
		dot: "bg-caution",
		text: "text-caution-ink",
	},
};

export function LiveIndicator() {
	const { state, pause, resume } = useLive();
	const look = looks[state];
	const isPaused = state === "paused";
	const Icon = isPaused ? Play : Pause;
	return (
		<Tooltip content={look.says} side="bottom">
			<button
				type="button"
				onClick={isPaused ? resume : pause}
				aria-label={`Live updates: ${look.word}. ${isPaused ? "Resume" : "Pause"}`}
				className={classNames(
					"group flex h-8 items-center gap-2 rounded-md px-2 text-sm hover:bg-sunken dark:hover:bg-raised",
					look.text,
				)}
			>
				<span className="relative flex size-4 items-center justify-center">
					<span
						aria-hidden="true"
						className={classNames(
							"size-2 rounded-full group-hover:opacity-0 group-focus-visible:opacity-0",
							look.dot,
						)}
					/>
					<Icon
						aria-hidden="true"
						className="absolute size-3.5 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
					/>
				</span>
				<span role="status" className="hidden md:inline">
					{look.word}
				</span>
			</button>
		</Tooltip>
	);
}
