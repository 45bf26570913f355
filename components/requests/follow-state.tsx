"use client";

import { useLive } from "../../lib/client/use-live-events.tsx";

/** Says whether rows come by themselves, so that a list that stands still is no riddle. */
export function FollowState({ isHeld }: { readonly isHeld: boolean }) {
	const { state } = useLive();
	return (
		<p role="status" className="text-muted text-sm">
			{followWords(state, isHeld)}
		</p>
	);
}

function followWords(state: ReturnType<typeof useLive>["state"], isHeld: boolean): string {
	switch (state) {
		case "connecting":
			return "Connecting to live updates";
		case "stale":
			return "Disconnected: rows may be missing";
		case "paused":
			return "Paused: no new rows";
		case "connected":
			return isHeld ? "Rows stand still while you read" : "New requests appear by themselves";
	}
}
