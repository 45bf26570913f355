"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useState } from "react";
import { killSwitchQuery } from "../../lib/client/kill-switch.ts";
import { useShortcuts } from "../../lib/client/use-shortcuts.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { Drawer } from "../ui/drawer.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { HelpSheet } from "./help-sheet.tsx";
import { KillSwitchBanner } from "./kill-switch-banner.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";

type Overlay = "navigation" | "palette" | "help" | undefined;

/** Everything around a page. */
export function Shell({ children }: { readonly children: ReactNode }) {
	const [overlay, setOverlay] = useState<Overlay>(undefined);
	const isEngaged = useQuery(killSwitchQuery()).data?.engaged === true;
	useShortcuts({
		palette: () => setOverlay((current) => (current === "palette" ? undefined : "palette")),
		help: () => setOverlay("help"),
	});
	const onOpenChange = (name: Overlay) => (isOpen: boolean) =>
		setOverlay(isOpen ? name : undefined);
	return (
		<div
			className={classNames(
				"flex h-dvh overflow-hidden bg-canvas",
				isEngaged && "border-4 border-danger-fill",
			)}
		>
			<a
				href="#content"
				className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-4 focus:py-2 focus:text-ink focus:shadow-raised"
			>
				Skip to the content
			</a>
			<div className="hidden w-56 shrink-0 border-line border-r bg-surface lg:block">
				<Sidebar />
			</div>
			<div className="flex min-w-0 grow flex-col">
				<KillSwitchBanner />
				<TopBar
					onMenu={() => setOverlay("navigation")}
					onPalette={() => setOverlay("palette")}
					onHelp={() => setOverlay("help")}
				/>
				{/* Texts for screen readers are positioned; without a positioned box around they would lengthen the document. */}
				<main id="content" tabIndex={-1} className="relative grow overflow-y-auto outline-none">
					<div className="mx-auto flex max-w-[90rem] flex-col gap-5 px-4 py-5 sm:px-6">
						{children}
					</div>
				</main>
			</div>
			<Drawer
				isOpen={overlay === "navigation"}
				onOpenChange={onOpenChange("navigation")}
				title="Navigation"
				side="left"
				isBare
				className="max-w-72"
			>
				<Sidebar onChosen={() => setOverlay(undefined)} />
			</Drawer>
			<CommandPalette isOpen={overlay === "palette"} onOpenChange={onOpenChange("palette")} />
			<HelpSheet isOpen={overlay === "help"} onOpenChange={onOpenChange("help")} />
		</div>
	);
}
