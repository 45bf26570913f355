"use client";

import type { ReactNode } from "react";
import { useIsNarrow } from "../../lib/client/use-is-narrow.ts";

/**
 * What somebody asked for and would not see: on phones an answer stands below the form. Give it a key
 * that changes with each answer.
 */
export function ComeIntoView({ children }: { readonly children: ReactNode }) {
	const isNarrow = useIsNarrow();
	return (
		<div ref={isNarrow ? show : undefined} className="scroll-mt-16">
			{children}
		</div>
	);
}

function show(element: HTMLElement | null): void {
	element?.scrollIntoView({ block: "start" });
}
