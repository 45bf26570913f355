"use client";

import { useQuery } from "@tanstack/react-query";
import { OctagonX } from "lucide-react";
import { killSwitchQuery } from "../../lib/client/kill-switch.ts";
import { Time } from "../ui/time.tsx";

/** Over every page while all traffic is stopped: who, since when and why. */
export function KillSwitchBanner() {
	const state = useQuery(killSwitchQuery()).data;
	if (state?.engaged !== true) return null;
	return (
		<div
			role="alert"
			className="flex flex-wrap items-center gap-x-3 gap-y-0.5 bg-danger-fill px-4 py-2 text-white"
		>
			<OctagonX aria-hidden="true" className="size-4 shrink-0" />
			<strong className="font-semibold">All model traffic is stopped</strong>
			<span>
				by {state.by === "" ? "an operator" : state.by}
				{state.since !== null && (
					<>
						, <Time at={state.since} />
					</>
				)}
				: {state.reason}
			</span>
		</div>
	);
}
