"use client";

import { useQuery } from "@tanstack/react-query";
import { OctagonX, Play } from "lucide-react";
import { useState } from "react";
import { killSwitchQuery } from "../../lib/client/kill-switch.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { KillSwitchDialog } from "./kill-switch-dialog.tsx";

/** At the foot of the rail; people who may not use it see only that it is engaged. */
export function KillSwitchButton() {
	const state = useQuery(killSwitchQuery()).data;
	const mayToggle = useMay("proxy:toggle");
	const [isOpen, setIsOpen] = useState(false);
	const isEngaged = state?.engaged === true;
	if (!mayToggle) {
		return (
			<p className="flex h-9 items-center gap-2.5 px-2.5 text-muted text-sm">
				<OctagonX aria-hidden="true" className={isEngaged ? "size-4 text-danger" : "size-4"} />
				{isEngaged ? "Traffic is stopped" : "Traffic flows"}
			</p>
		);
	}
	const Icon = isEngaged ? Play : OctagonX;
	return (
		<>
			<button
				type="button"
				onClick={() => setIsOpen(true)}
				disabled={state === undefined}
				className={classNames(
					"flex h-9 w-full items-center gap-2.5 rounded-md border px-2.5 font-medium disabled:opacity-50",
					isEngaged
						? "border-transparent bg-danger-fill text-white"
						: "border-line text-danger-ink hover:bg-danger-soft",
				)}
			>
				<Icon aria-hidden="true" className="size-4" />
				{isEngaged ? "Let traffic flow" : "Kill switch"}
			</button>
			<KillSwitchDialog isOpen={isOpen} onOpenChange={setIsOpen} isEngaged={isEngaged} />
		</>
	);
}
