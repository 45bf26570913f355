"use client";

import type { ReactNode } from "react";
import { Logo } from "../layout/logo.tsx";
import { ThemeToggle } from "../layout/theme-toggle.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";

/** Around the pages that need no session. */
export function AuthFrame({ children }: { readonly children: ReactNode }) {
	return (
		<TooltipProvider>
			<div className="flex min-h-dvh flex-col bg-canvas">
				<header className="flex h-14 items-center justify-between px-4 sm:px-6">
					<span className="flex items-center gap-2.5 font-semibold text-ink text-lg tracking-tight">
						<Logo className="size-6" />
						LLMProxy
					</span>
					<ThemeToggle />
				</header>
				<main className="flex grow items-start justify-center px-4 pt-[8vh] pb-16">
					<div className="w-full max-w-lg">{children}</div>
				</main>
			</div>
		</TooltipProvider>
	);
}
